using System.Diagnostics;
using System.Globalization;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Engine.Output;
using DbUp.Engine.Transactions;
using DbUp.Postgresql;
using Npgsql;

namespace Hera.PgCore.Migrations;

/// <summary>What a deployment did.</summary>
/// <param name="Scripts">Paths below sql/ of the scripts that ran, in order; of a dry run those that would run.</param>
/// <param name="SingleLogin">The login that owns everything where there are no separate roles, else null.</param>
public sealed record DeploymentResult(IReadOnlyList<string> Scripts, string? SingleLogin);

/// <summary>Brings a database to the state of a set of scripts, and tells whether it is there.</summary>
public sealed class Deployment
{
    private const int Attempts = 10;

    private readonly Database database;
    private readonly ScriptSet scripts;
    private readonly Action<string> log;

    /// <summary>Makes a deployment; nothing is opened yet.</summary>
    /// <param name="connectionString">Npgsql connection string of the login that deploys.</param>
    /// <param name="log">Told what is done, in lines for people.</param>
    /// <param name="scripts">The scripts; null: those built in.</param>
    public Deployment(string connectionString, Action<string>? log = null, ScriptSet? scripts = null)
    {
        database = new Database(connectionString);
        this.log = log ?? (_ => { });
        this.scripts = scripts ?? ScriptSet.Embedded;
    }

    /// <summary>
    /// Deploys what is pending in one transaction; afterwards, outside of it, the scripts that ask for that. Waits while another
    /// deployment to the same database is at work.
    /// </summary>
    /// <param name="dryRun">Runs the transaction and rolls it back: an error shows, nothing remains.</param>
    /// <param name="repair">Also runs again what made functions that were changed by hand since.</param>
    /// <exception cref="DeploymentException">A script failed or a deployed migration was changed; the database is as it was.</exception>
    public DeploymentResult Up(bool dryRun = false, bool repair = false)
    {
        var clock = Stopwatch.StartNew();
        RoleMode mode;
        using (var connection = database.Open())
        {
            mode = RoleMode.Decide(connection);
            mode.Announce(scripts, log);
            log($"{(dryRun ? "Dry run for" : "Deploying to")} {database.Name}, PostgreSQL {connection.ServerVersion}"
                + (mode.SingleLogin is null ? "" : $", single-login mode: {mode.SingleLogin} owns everything"));
        }
        var transaction = dryRun ? TransactionMode.SingleTransactionAlwaysRollback : TransactionMode.SingleTransaction;
        List<string> done = [.. RunTransaction(mode, transaction, repair)];
        if (scripts.Deployable.Any(s => s.OutsideTransaction))
            done.AddRange(dryRun ? PendingOutside() : RunPass(mode, TransactionMode.NoTransaction, repair: false));

        var seconds = clock.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        log(done switch
        {
            [] => $"Nothing to do: all {scripts.Deployable.Count()} scripts are deployed.",
            _ when dryRun => $"{done.Count} scripts would run; nothing was changed.",
            _ => $"{done.Count} scripts deployed in {seconds} s.",
        });
        return new DeploymentResult(done, mode.SingleLogin);
    }

    /// <summary>Tells whether the database is what the scripts say, and whether all rules and checks hold. Changes nothing.</summary>
    /// <exception cref="DeploymentException">It cannot be told, for example because the database cannot be reached.</exception>
    public VerificationResult Verify()
    {
        using var connection = database.Open();
        var result = new Verification(connection, scripts).Run();
        foreach (var finding in result.Findings)
            log($"{finding.Kind.ToString().ToLowerInvariant(),-8} {finding.Text}");
        log(result.ExitCode == ExitCodes.Clean
            ? $"{database.Name} is what the {scripts.Deployable.Count()} scripts say; {scripts.Checks.Count()} checks hold."
            : $"{database.Name}: {result.Findings.Count} findings.");
        return result;
    }

    /// <summary>Writes the reference of the deployed functions, tables and views.</summary>
    /// <param name="file">The Markdown file.</param>
    /// <param name="check">Compares the file instead of writing it.</param>
    /// <returns>0; of a check 3 where the file is another.</returns>
    public int WriteReference(string file, bool check = false)
    {
        using var connection = database.Open();
        return Write(file, Reference.Write(connection, scripts), check);
    }

    /// <summary>Writes the JSON Schema of connector definitions, or compares it.</summary>
    /// <param name="file">The schema's file.</param>
    /// <param name="check">Compares the file instead of writing it.</param>
    /// <returns>0; of a check 3 where the file is another.</returns>
    public int WriteSchema(string file, bool check = false)
    {
        using var connection = database.Open();
        return Write(file, Reference.DefinitionSchema(connection), check);
    }

    private int Write(string file, string text, bool check)
    {
        if (!check)
        {
            File.WriteAllText(file, text);
            log($"{file} written.");
            return ExitCodes.Clean;
        }
        var same = File.Exists(file) && File.ReadAllText(file).Replace("\r\n", "\n", StringComparison.Ordinal) == text;
        log(same ? $"{file} is up to date." : $"{file} is not what the catalogue says: write it again with docs --out {file}.");
        return same ? ExitCodes.Clean : ExitCodes.Drift;
    }

    /// <summary>
    /// New policies and views lock tables in another order than calls do, so a busy system may pick the deployment as a deadlock's
    /// victim. All of it was rolled back then, and it is simply done again.
    /// </summary>
    private string[] RunTransaction(RoleMode mode, TransactionMode transactionMode, bool repair)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return RunPass(mode, transactionMode, repair);
            }
            catch (DeploymentException e) when (attempt < Attempts && e.InnerException is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected })
            {
                log("A deadlock with running calls: everything was rolled back and is tried again.");
                Thread.Sleep(TimeSpan.FromMilliseconds(200 * attempt));
            }
        }
    }

    private string[] RunPass(RoleMode mode, TransactionMode transactionMode, bool repair)
    {
        using var source = database.CreateDataSource();
        var outside = transactionMode == TransactionMode.NoTransaction;
        var builder = new UpgradeEngineBuilder();
        SchemaJournal? journal = null;
        builder.Configure(c =>
        {
            c.ConnectionManager = new PostgresqlConnectionManager(source) { TransactionMode = transactionMode };
            journal = new SchemaJournal(() => c.ConnectionManager, scripts, outside, repair, log);
            c.Journal = journal;
            c.ScriptExecutor = new OwnedScriptExecutor(() => c.ConnectionManager, () => c.Log, journal, mode, log);
        });
        var result = builder
            .WithScripts(scripts.Deployable.Select((script, order) =>
                new SqlScript(script.Path, script.Text, new SqlScriptOptions { RunGroupOrder = order })))
            .WithVariablesDisabled()
            .LogTo(new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();
        return result.Error switch
        {
            null => journal!.Pending.Select(s => s.Path).ToArray(),
            DeploymentException e => throw e,
            var e => throw new DeploymentException($"{result.ErrorScript?.Name ?? "The deployment"}: {e.Message}", inner: e),
        };
    }

    private string[] PendingOutside()
    {
        using var connection = database.Open();
        var latest = SchemaJournal.ReadLatest(connection);
        var pending = scripts.Deployable
            .Where(s => s.OutsideTransaction && !SchemaJournal.IsCurrent(s, latest))
            .Select(s => s.Path).ToArray();
        foreach (var path in pending)
            log($"  later {path} (after the transaction)");
        return pending;
    }
}
