using System.Globalization;
using System.Text;
using Npgsql;

namespace Hera.PgCore.Rpc;

/// <summary>
/// The settings of a session and the two ways to carry them: as startup options of a direct connection, or local to
/// each transaction where a pooler stands between and would hand the session to somebody else.
/// </summary>
internal sealed class SessionSettings
{
    private readonly List<(string Name, string Value)> _settings = [];

    public SessionSettings(HeraDatabaseOptions options, bool switchRole)
    {
        if (switchRole)
            _settings.Add(("role", options.Role));
        Add("statement_timeout", options.StatementTimeout);
        if (options.LockTimeout is { } lockTimeout)
            Add("lock_timeout", lockTimeout);
        Add("idle_in_transaction_session_timeout", TimeSpan.FromSeconds(60));
        if (options.EncryptionKey is { } key)
            _settings.Add(("hera.encryption_key", key));
    }

    public string AsStartupOptions()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in _settings)
            text.Append(text.Length == 0 ? "" : " ").Append("-c ").Append(name).Append('=').Append(Escape(value));
        return text.ToString();
    }

    /// <summary>A command to run in front of a call within the same transaction; values travel as parameters, so no statement shows them.</summary>
    public NpgsqlBatchCommand AsTransactionLocal()
    {
        var command = new NpgsqlBatchCommand();
        var text = new StringBuilder("select ");
        foreach (var (name, value) in _settings)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
            text.Append(command.Parameters.Count == 1 ? "" : ", ")
                .Append(CultureInfo.InvariantCulture, $"set_config('{name}', ${command.Parameters.Count}, true)");
        }

        command.CommandText = text.ToString();
        return command;
    }

    private void Add(string name, TimeSpan value) =>
        _settings.Add((name, value.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)));

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal);
}
