using System.Diagnostics;
using System.Globalization;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Engine.Output;
using DbUp.Engine.Transactions;
using DbUp.Postgresql;

namespace Hera.PgCore.Migrations;

/// <summary>What a deployment did.</summary>
/// <param name="Scripts">Paths below sql/ of the scripts that ran, in order; of a dry run those that would run.</param>
/// <param name="SingleLogin">The login that owns everything where there are no separate roles, else null.</param>
public sealed record DeploymentResult(IReadOnlyList<string> Scripts, string? SingleLogin);

/// <summary>Brings a database to the state of a set of scripts, and tells whether it is there.</summary>
public sealed class Deployment
{
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
    /// Deploys what is pending in one transaction; afterwards, outside of it, the scripts that ask for that. Waits while another deployment to the
    /// same database is at work.
    /// </summary>
    /// <param name="dryRun">Runs the transaction and rolls it back: an error shows, nothing remains.</param>
    /// <exception cref="DeploymentException">A script failed or a deployed migration was changed; the database is as it was.</exception>
    public DeploymentResult Up(bool dryRun = false)
    {
        var clock = Stopwatch.StartNew();
        RoleMode mode;
        using (var connection = database.Open())
        {
            mode = RoleMode.Decide(connection, scripts, log);
            log($"{(dryRun ? "Dry run for" : "Deploying to")} {database.Name}, PostgreSQL {connection.ServerVersion}"
                + (mode.SingleLogin is null ? "" : $", single-login mode: {mode.SingleLogin} owns everything"));
        }
        List<string> done = [.. RunPass(mode, dryRun ? TransactionMode.SingleTransactionAlwaysRollback : TransactionMode.SingleTransaction)];
        if (scripts.Deployable.Any(s => s.OutsideTransaction))
            done.AddRange(dryRun ? PendingOutside() : RunPass(mode, TransactionMode.NoTransaction));

        var seconds = clock.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        log(done switch
        {
            [] => $"Nothing to do: all {scripts.Deployable.Count()} scripts are deployed.",
            _ when dryRun => $"{done.Count} scripts would run; nothing was changed.",
            _ => $"{done.Count} scripts deployed in {seconds} s.",
        });
        return new DeploymentResult(done, mode.SingleLogin);
    }

    private string[] RunPass(RoleMode mode, TransactionMode transactionMode)
    {
        using var source = database.CreateDataSource();
        var outside = transactionMode == TransactionMode.NoTransaction;
        var builder = new UpgradeEngineBuilder();
        SchemaJournal? journal = null;
        builder.Configure(c =>
        {
            c.ConnectionManager = new PostgresqlConnectionManager(source) { TransactionMode = transactionMode };
            journal = new SchemaJournal(() => c.ConnectionManager, scripts, outside, log);
            c.Journal = journal;
            c.ScriptExecutor = new OwnedScriptExecutor(() => c.ConnectionManager, () => c.Log, journal, mode, log);
        });
        var result = builder
            .WithScripts(scripts.Deployable.Select((s, order) => new SqlScript(s.Path, s.Text, new SqlScriptOptions { RunGroupOrder = order })))
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
        var pending = scripts.Deployable.Where(s => s.OutsideTransaction && !SchemaJournal.IsCurrent(s, latest)).Select(s => s.Path).ToArray();
        foreach (var path in pending)
            log($"  later {path} (after the transaction)");
        return pending;
    }
}
