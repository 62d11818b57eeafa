using Dapper;
using Npgsql;

namespace Hera.PgCore.Migrations;

/// <summary>What kind of thing a verification found.</summary>
public enum FindingKind
{
    /// <summary>Worth knowing, nothing to do.</summary>
    Warning,

    /// <summary>A script that is not deployed yet.</summary>
    Pending,

    /// <summary>A rule or check that does not hold.</summary>
    Broken,

    /// <summary>The database holds something else than what the scripts made.</summary>
    Drift,
}

/// <summary>One thing that a verification found.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Text">A line for people that names the script, function or row.</param>
public sealed record Finding(FindingKind Kind, string Text);

/// <summary>All that a verification found.</summary>
/// <param name="Findings">The findings; none or only warnings where all is well.</param>
public sealed record VerificationResult(IReadOnlyList<Finding> Findings)
{
    /// <summary>3 for drift, else 1 for a broken rule, else 2 for pending scripts, else 0.</summary>
    public int ExitCode =>
        Has(FindingKind.Drift) ? ExitCodes.Drift
        : Has(FindingKind.Broken) ? ExitCodes.Error
        : Has(FindingKind.Pending) ? ExitCodes.Pending
        : ExitCodes.Clean;

    private bool Has(FindingKind kind) => Findings.Any(f => f.Kind == kind);
}

/// <summary>Compares a database with the scripts, and runs the checks.</summary>
internal sealed class Verification
{
    private const int RowsShown = 20;

    private readonly NpgsqlConnection connection;
    private readonly ScriptSet scripts;
    private readonly List<Finding> findings = [];

    public Verification(NpgsqlConnection connection, ScriptSet scripts)
    {
        this.connection = connection;
        this.scripts = scripts;
    }

    public VerificationResult Run()
    {
        connection.Execute("set search_path = public");
        var mode = RoleMode.Decide(connection);
        var latest = SchemaJournal.ReadLatest(connection);

        if (mode.SingleLogin is { } login)
            Add(FindingKind.Warning, $"single-login mode: {login} owns everything, there are no separate roles");
        foreach (var drift in SchemaJournal.FindDrift(scripts, latest))
            Add(FindingKind.Drift, drift);
        var pending = scripts.Deployable
            .Where(s => !SchemaJournal.IsCurrent(s, latest) && !(s.Kind == ScriptKind.Migration && latest.ContainsKey(s.Path)))
            .ToArray();
        foreach (var script in pending)
            Add(FindingKind.Pending, script.Path);
        CompareFunctions(latest);
        if (pending.Length == 0)
            RunChecks(mode);
        else
            Add(FindingKind.Warning, $"{scripts.Checks.Count()} checks were not run, since scripts are pending");
        return new VerificationResult(findings);
    }

    private void CompareFunctions(IReadOnlyDictionary<string, JournalRow> latest)
    {
        var declared = scripts.Deployable.SelectMany(s => s.Functions).ToHashSet();
        foreach (var name in Catalogue.FunctionNames(connection).Where(name => !declared.Contains(name)))
            Add(FindingKind.Drift, $"{name} is in the database but no script makes it: drop it, or add its script");
        foreach (var script in scripts.Deployable.Where(s => s.Functions.Count > 0 && SchemaJournal.IsCurrent(s, latest)))
        {
            if (SchemaJournal.IsPatched(connection, script, latest))
            {
                Add(FindingKind.Drift, $"{script.Path} was deployed, but its function, owner or privileges were changed by hand since: "
                    + "up --repair deploys it again");
            }
        }
    }

    private void RunChecks(RoleMode mode)
    {
        var extensions = connection.Query<string>("select extname from pg_extension").ToHashSet();
        foreach (var check in scripts.Checks.Where(c => c.RequiredExtension is null || extensions.Contains(c.RequiredExtension)))
        {
            try
            {
                foreach (var row in OffendingRows(check, mode))
                    Add(FindingKind.Broken, $"{check.Path}: {check.Title} {row}");
            }
            catch (PostgresException e)
            {
                Add(FindingKind.Broken, $"{check.Path}: {e.SqlState}: {e.MessageText}");
            }
        }
    }

    private List<string> OffendingRows(Script check, RoleMode mode)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute("set transaction read only");
        if (check.Role is { } role)
            connection.Execute($"set local role \"{mode.SingleLogin ?? role}\"");
        using var command = new NpgsqlCommand(mode.Process(check.Text), connection, transaction) { AllResultTypesAreUnknown = true };
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        var count = 0;
        for (; reader.Read(); count++)
        {
            if (count < RowsShown)
                rows.Add($"[{string.Join(", ", Enumerable.Range(0, reader.FieldCount).Select(i => Shown(reader, i)))}]");
        }
        if (count > RowsShown)
            rows.Add($"… and {count - RowsShown} more rows");
        return rows;
    }

    private static string Shown(NpgsqlDataReader reader, int column) =>
        $"{reader.GetName(column)}: {(reader.IsDBNull(column) ? "null" : reader.GetString(column))}";

    private void Add(FindingKind kind, string text) => findings.Add(new Finding(kind, text));
}
