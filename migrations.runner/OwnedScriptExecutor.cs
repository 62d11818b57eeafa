using System.Globalization;
using Dapper;
using DbUp.Engine;
using DbUp.Engine.Output;
using DbUp.Engine.Transactions;
using DbUp.Postgresql;
using Npgsql;

namespace Hera.PgCore.Migrations;

/// <summary>Runs each script as the role that is to own what it makes, and tells where a script failed.</summary>
internal sealed class OwnedScriptExecutor : PostgresqlScriptExecutor
{
    private readonly Func<IConnectionManager> connections;
    private readonly SchemaJournal journal;
    private readonly RoleMode mode;
    private readonly Action<string> log;

    public OwnedScriptExecutor(
        Func<IConnectionManager> connections, Func<IUpgradeLog> dbUpLog, SchemaJournal journal, RoleMode mode, Action<string> log)
        : base(connections, dbUpLog, null, () => false, [mode], () => journal)
    {
        this.connections = connections;
        this.journal = journal;
        this.mode = mode;
        this.log = log;
    }

    public override void Execute(SqlScript script, IDictionary<string, string>? variables)
    {
        var current = journal.Pending.Single(s => s.Path == script.Name);
        var text = PreprocessScriptContents(script, new Dictionary<string, string>());
        log($"  {(mode.Skips(current) ? "skip " : "run  ")} {current.Path}");
        connections().ExecuteCommandsWithManagedConnection(createCommand =>
        {
            using var command = createCommand();
            var connection = (NpgsqlConnection)command.Connection!;
            if (!mode.Skips(current))
                Run(connection, current, text);
            if (mode.SingleLogin is null && mode.RoleOf(current) is null && !current.OutsideTransaction)
                Explain(current.Path, () => SchemaJournal.HandOver(connection));
            journal.StoreExecutedScript(script, createCommand);
            if (ReferenceEquals(current, journal.Pending[^1]))
                ValidateBodies(connection);
        });
    }

    private void Run(NpgsqlConnection connection, Script script, string text)
    {
        // Functions in language sql are bound when they are made; they may use what a later script brings, so they are validated
        // at the end.
        connection.Execute($"set search_path = public; set check_function_bodies = {(IsInLanguageSql(script) ? "off" : "on")}");
        if (mode.RoleOf(script) is { } role)
            Explain(script.Path, () => connection.Execute($"set role \"{role}\""));
        var end = 0;
        foreach (var statement in connections().SplitScriptIntoCommands(text))
        {
            var start = text.IndexOf(statement, end, StringComparison.Ordinal);
            end = start + statement.Length;
            try
            {
                connection.Execute(statement);
            }
            catch (PostgresException e)
            {
                var at = Math.Min(text.Length, start + Math.Max(0, e.Position - 1));
                var line = 1 + text.AsSpan(0, SkipBlank(text, at)).Count('\n');
                throw new DeploymentException(Describe(string.Create(CultureInfo.InvariantCulture, $"{script.Path}:{line}"), e), inner: e);
            }
        }
        connection.Execute("reset role; set search_path = public");
    }

    private void ValidateBodies(NpgsqlConnection connection)
    {
        foreach (var script in journal.Pending.Where(IsInLanguageSql))
            Explain(script.Path, () => Catalogue.ValidateSqlFunctions(connection, script.Functions));
    }

    private static bool IsInLanguageSql(Script script) =>
        script.Functions.Count > 0 && script.Text.Contains("language sql", StringComparison.OrdinalIgnoreCase);

    private static int SkipBlank(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at;
    }

    private static void Explain(string where, Action action)
    {
        try
        {
            action();
        }
        catch (PostgresException e)
        {
            throw new DeploymentException(Describe(where, e), inner: e);
        }
    }

    private static string Describe(string where, PostgresException e)
    {
        var hint = e.Hint ?? (e.SqlState == PostgresErrorCodes.InsufficientPrivilege
            ? "The object may belong to another owner, or the login may not act as the owning role: an administrator moves it with "
              + "alter … owner to …, or runs grant hera_owner, hera_worker_owner, hera_view to the login."
            : null);
        string?[] lines = [$"{where}: {e.SqlState}: {e.MessageText}", e.Detail, hint is null ? null : $"Hint: {hint}"];
        return string.Join('\n', lines.Where(line => line is not null));
    }
}
