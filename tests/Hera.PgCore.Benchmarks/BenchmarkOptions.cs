using System.Globalization;
using Hera.PgCore.Benchmarks.Goals;

namespace Hera.PgCore.Benchmarks;

/// <summary>What to measure, against which database, and how long.</summary>
/// <param name="Goals">Numbers of goals; empty: all.</param>
/// <param name="JsonFile">Where all figures are written, or null.</param>
/// <param name="Quick">A tenth of the work and one round, to see that everything runs: the figures mean little.</param>
/// <param name="Rounds">Interleaved rounds of each measurement.</param>
internal sealed record BenchmarkOptions(IReadOnlySet<int> Goals, string? JsonFile, bool Quick, int Rounds)
{
    private const string Help = """
        Measures the goals of the product against limits that are measured in the same run.

          --goals 1,2,3    only these goals; monitoring is goal 12, the pages are goal 14
          --rounds N       interleaved rounds of each measurement, at least 3 (default 3)
          --quick          a tenth of the work and one round, to see that everything runs
          --json FILE      write all figures

        The database is DATABASE_URL (a superuser's login; databases are made on its server and dropped again), else a private server.
        Exit codes: 0 all goals reached, 1 error, 2 a goal missed or not measured.
        """;

    /// <summary>A number of deliveries, events or requests, less of them in a quick run.</summary>
    public int Scale(int count) => Quick ? Math.Max(1, count / 10) : count;

    public static BenchmarkOptions Parse(string[] args)
    {
        var options = new BenchmarkOptions(new HashSet<int>(), null, false, 3);
        for (var i = 0; i < args.Length; i++)
        {
            string Value() => ++i < args.Length ? args[i] : throw new ArgumentException($"{args[i - 1]} needs a value.");
            options = args[i] switch
            {
                "--goals" => options with { Goals = Value().Split(',').Select(word => word == "monitoring" ? Monitoring.Goal.Number : Number(word)).ToHashSet() },
                "--rounds" => options with { Rounds = Math.Max(3, Number(Value())) },
                "--quick" => options with { Quick = true, Rounds = 1 },
                "--json" => options with { JsonFile = Value() },
                "--help" or "-h" => throw new ArgumentException(Help),
                var word => throw new ArgumentException($"'{word}' is not understood.\n\n{Help}"),
            };
        }

        return options;
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new ArgumentException($"'{text}' is no number.");
}
