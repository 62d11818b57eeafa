namespace Hera.PgCore.Rpc;

/// <summary>Finds the known name that a mistyped one was most likely meant to be.</summary>
public static class Nearest
{
    /// <summary>The name of <paramref name="known"/> with the fewest single-letter edits from <paramref name="name"/>; empty where none is known.</summary>
    public static string Of(string name, IEnumerable<string> known) => known.MinBy(candidate => Distance(name, candidate)) ?? "";

    private static int Distance(string left, string right)
    {
        // Names come from callers: a long one is no reason for a long computation.
        left = left.Length > 64 ? left[..64] : left;
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var substituted = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
                current[column] = Math.Min(substituted, Math.Min(previous[column], current[column - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
