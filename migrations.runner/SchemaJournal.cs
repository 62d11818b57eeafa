using System.Data;
using Dapper;
using DbUp.Engine;
using DbUp.Engine.Transactions;
using Npgsql;

namespace Hera.PgCore.Migrations;

/// <summary>What the journal knows of a script: its latest row.</summary>
internal sealed record JournalRow(string Script, string Kind, string Sha256, string? CatalogueSha256);

/// <summary>
/// The table hera.schema_journal, one row for each run of a script. The latest row of a script counts: a function that is changed
/// and changed back is deployed again.
/// </summary>
internal sealed class SchemaJournal : IJournal
{
    // 'hera' read as a number: one lock for all deployments to one database.
    private const long LockKey = 0x68657261;

    private readonly Func<IConnectionManager> connections;
    private readonly ScriptSet scripts;
    private readonly bool outsideTransaction;
    private readonly bool repair;
    private readonly Action<string> log;

    public SchemaJournal(Func<IConnectionManager> connections, ScriptSet scripts, bool outsideTransaction, bool repair, Action<string> log)
    {
        this.connections = connections;
        this.scripts = scripts;
        this.outsideTransaction = outsideTransaction;
        this.repair = repair;
        this.log = log;
    }

    /// <summary>The scripts that are to run, in order; known once <see cref="GetExecutedScripts"/> has been called.</summary>
    public IReadOnlyList<Script> Pending { get; private set; } = [];

    /// <summary>Takes the deployment lock, makes the journal where it is new, and returns the scripts that need not run.</summary>
    public string[] GetExecutedScripts() =>
        connections().ExecuteCommandsWithManagedConnection(createCommand =>
        {
            var connection = ConnectionOf(createCommand);
            Lock(connection);
            connection.Execute(outsideTransaction ? "set search_path = public" : "set local search_path = public");
            if (scripts.Deployable.Any())
                EnsureTableExistsAndIsLatestVersion(createCommand);
            var latest = ReadLatest(connection);
            var drift = FindDrift(scripts, latest);
            if (drift.Count > 0)
                throw new DeploymentException(string.Join('\n', drift), ExitCodes.Drift);
            Pending = scripts.Deployable
                .Where(s => s.OutsideTransaction == outsideTransaction)
                .Where(s => !IsCurrent(s, latest) || repair && s.Kind == ScriptKind.Function && IsPatched(connection, s, latest))
                .ToArray();
            return scripts.Deployable.Except(Pending).Select(s => s.Path).ToArray();
        });

    public void StoreExecutedScript(SqlScript script, Func<IDbCommand> dbCommandFactory)
    {
        var connection = ConnectionOf(dbCommandFactory);
        var stored = scripts.All.Single(s => s.Path == script.Name);
        var catalogue = Catalogue.Fingerprint(connection, stored.Functions);
        AsOwner(connection, () => connection.Execute(
            "insert into hera.schema_journal (script, kind, sha256, catalogue_sha256) values (@Path, @Kind, @Sha256, @catalogue)",
            new { stored.Path, Kind = KindName(stored.Kind), stored.Sha256, catalogue }));
    }

    public void EnsureTableExistsAndIsLatestVersion(Func<IDbCommand> dbCommandFactory)
    {
        var connection = ConnectionOf(dbCommandFactory);
        if (connection.ExecuteScalar<bool>("select to_regclass('hera.schema_journal') is not null"))
            return;
        // The schema comes first and apart: "if not exists" asks for the right to create schemas even where nothing is to be created.
        if (!connection.ExecuteScalar<bool>("select to_regnamespace('hera') is not null"))
            connection.Execute("create schema hera");
        connection.Execute("""
            create table hera.schema_journal (
              id bigint generated always as identity primary key,
              script text not null,
              kind text not null,
              sha256 text not null,
              catalogue_sha256 text,
              applied_at timestamptz not null default clock_timestamp(),
              applied_by text not null default session_user
            );
            comment on table hera.schema_journal is 'Each run of a deployment script. The latest row of a script says what is deployed.';
            comment on column hera.schema_journal.script is 'Path below sql/.';
            comment on column hera.schema_journal.kind is 'migration, function, view or seed.';
            comment on column hera.schema_journal.sha256 is 'Of the file, line ends read as LF.';
            comment on column hera.schema_journal.catalogue_sha256 is
              'Of the functions that the script made, with owner and privileges, as the catalogue showed them right after.';
            """);
    }

    /// <summary>Gives schema and journal, which had to be there before any role, to the owning role once there is one.</summary>
    public static void HandOver(NpgsqlConnection connection) =>
        connection.Execute("""
            do $$
            begin
              if to_regrole('hera_owner') is null then
                return;
              end if;
              if not has_database_privilege('hera_owner', current_database(), 'create') then
                execute format('grant create on database %I to hera_owner', current_database());
              end if;
              if (select nspowner <> 'hera_owner'::regrole from pg_namespace where nspname = 'hera') then
                alter schema hera owner to hera_owner;
              end if;
              if (select relowner <> 'hera_owner'::regrole from pg_class where oid = 'hera.schema_journal'::regclass) then
                alter table hera.schema_journal owner to hera_owner;
              end if;
            end
            $$
            """);

    public static IReadOnlyDictionary<string, JournalRow> ReadLatest(NpgsqlConnection connection)
    {
        if (!connection.ExecuteScalar<bool>("select to_regclass('hera.schema_journal') is not null"))
            return new Dictionary<string, JournalRow>();
        IEnumerable<JournalRow> rows = [];
        AsOwner(connection, () => rows = connection.Query<JournalRow>("""
            select distinct on (script) script, kind, sha256, catalogue_sha256 as CatalogueSha256
            from hera.schema_journal
            order by script, id desc
            """));
        return rows.ToDictionary(r => r.Script);
    }

    public static bool IsCurrent(Script script, IReadOnlyDictionary<string, JournalRow> latest) =>
        latest.TryGetValue(script.Path, out var row) && row.Sha256 == script.Sha256;

    /// <summary>Whether the functions that a deployed script made are no longer what they were right after.</summary>
    public static bool IsPatched(NpgsqlConnection connection, Script script, IReadOnlyDictionary<string, JournalRow> latest) =>
        latest[script.Path].CatalogueSha256 != Catalogue.Fingerprint(connection, script.Functions);

    /// <summary>Migrations that are not what was deployed.</summary>
    public static IReadOnlyList<string> FindDrift(ScriptSet scripts, IReadOnlyDictionary<string, JournalRow> latest)
    {
        var migrations = scripts.All.Where(s => s.Kind == ScriptKind.Migration).ToArray();
        var changed = migrations.Where(s => latest.ContainsKey(s.Path) && !IsCurrent(s, latest))
            .Select(s => $"{s.Path} was changed after it had been deployed: restore its text and put the change into a new migration.");
        var removed = latest.Values.Where(r => r.Kind == KindName(ScriptKind.Migration) && migrations.All(s => s.Path != r.Script))
            .Select(r => $"{r.Script} was deployed but is not among the scripts: restore it, or deploy with the release that has it.");
        return [.. changed, .. removed];
    }

    // Polled, not waited for: a waiting statement holds a snapshot, and create index concurrently would wait for that in turn.
    private void Lock(NpgsqlConnection connection)
    {
        var tryLock = outsideTransaction ? "select pg_try_advisory_lock(@LockKey)" : "select pg_try_advisory_xact_lock(@LockKey)";
        var told = false;
        while (!connection.ExecuteScalar<bool>(tryLock, new { LockKey }))
        {
            if (!told)
                log("Another deployment is at work; waiting for it.");
            told = true;
            // The answered query keeps its snapshot until the next statement; this one needs none.
            connection.Execute("set search_path = public");
            Thread.Sleep(100);
        }
    }

    // Any login that may act as the owner of the schema keeps the journal, not only the one that made it.
    private static void AsOwner(NpgsqlConnection connection, Action action)
    {
        var owner = connection.ExecuteScalar<string>("""
            select quote_ident(o.rolname)
            from pg_class c join pg_roles o on o.oid = c.relowner
            where c.oid = to_regclass('hera.schema_journal') and o.rolname <> current_user
            """);
        if (owner is null)
        {
            action();
            return;
        }
        connection.Execute($"set role {owner}");
        action();
        connection.Execute("reset role");
    }

    private static string KindName(ScriptKind kind) => kind.ToString().ToLowerInvariant();

    private static NpgsqlConnection ConnectionOf(Func<IDbCommand> createCommand)
    {
        using var command = createCommand();
        return (NpgsqlConnection)command.Connection!;
    }
}
