namespace Hera.PgCore.Migrations;

/// <summary>The scripts of one release in the order of their deployment, without those that people run with psql.</summary>
public sealed class ScriptSet
{
    private const string Prefix = "sql/";

    /// <summary>Makes a set.</summary>
    /// <param name="scripts">Path below sql/ with forward slashes, and text, of each script.</param>
    /// <exception cref="DeploymentException">A path fits no folder, or two migrations have one number.</exception>
    public ScriptSet(IEnumerable<KeyValuePair<string, string>> scripts)
    {
        // The files of a folder come before those of its subfolders: connectors stand on the other seeds.
        All = scripts.Select(s => new Script(s.Key, s.Value)).Where(s => !s.ForPsql)
            .OrderBy(s => s.Rank).ThenBy(s => s.Path.Count(c => c == '/')).ThenBy(s => s.Path, StringComparer.Ordinal)
            .ToArray();
        var twice = All.Where(s => s.Kind == ScriptKind.Migration)
            .GroupBy(s => s.Path[.."migrations/0000".Length])
            .FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new DeploymentException($"Two migrations have one number: {string.Join(", ", twice.Select(s => s.Path))}.");
    }

    /// <summary>The scripts built into this program.</summary>
    public static ScriptSet Embedded { get; } = ReadEmbedded();

    internal IReadOnlyList<Script> All { get; }

    internal IEnumerable<Script> Deployable => All.Where(s => s.Kind != ScriptKind.Check);

    internal IEnumerable<Script> Checks => All.Where(s => s.Kind == ScriptKind.Check);

    /// <summary>Reads a folder that is laid out as sql/ is.</summary>
    /// <param name="folder">The folder; anything in it but <c>*.sql</c> is ignored.</param>
    public static ScriptSet FromFolder(string folder) =>
        new(Directory.EnumerateFiles(folder, "*.sql", SearchOption.AllDirectories).Select(file => KeyValuePair.Create(
            Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'),
            File.ReadAllText(file))));

    private static ScriptSet ReadEmbedded()
    {
        var assembly = typeof(ScriptSet).Assembly;
        return new ScriptSet(assembly.GetManifestResourceNames().Select(n => (Resource: n, Path: n.Replace('\\', '/')))
            .Where(n => n.Path.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(n.Resource)!);
                return KeyValuePair.Create(n.Path[Prefix.Length..], reader.ReadToEnd());
            }));
    }
}
