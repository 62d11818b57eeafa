using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Hera.PgCore.Migrations;

/// <summary>The folder a script lives in; it decides when and as whom the script runs.</summary>
internal enum ScriptKind
{
    Migration,
    Function,
    View,
    Seed,
    Check,
}

/// <summary>One file of the sql tree.</summary>
internal sealed partial class Script
{
    /// <summary>The first migration, which makes the roles.</summary>
    public const string RolesPath = "migrations/0001_roles.sql";

    private static readonly (string Folder, ScriptKind Kind, string? Role)[] Folders =
    [
        ("migrations/", ScriptKind.Migration, "hera_owner"),
        ("functions/internal/", ScriptKind.Function, "hera_owner"),
        ("functions/worker/", ScriptKind.Function, "hera_worker_owner"),
        ("functions/api/", ScriptKind.Function, "hera_owner"),
        ("views/", ScriptKind.View, "hera_view"),
        ("seeds/", ScriptKind.Seed, "hera_owner"),
        ("checks/", ScriptKind.Check, null),
        ("tools/", ScriptKind.Check, null),
    ];

    public Script(string path, string text)
    {
        Path = path;
        Text = text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
        Rank = Array.FindIndex(Folders, f => path.StartsWith(f.Folder, StringComparison.Ordinal));
        if (Rank < 0)
        {
            throw new DeploymentException(
                $"{path}: no script belongs here; the folders are {string.Join(", ", Folders.Select(f => f.Folder))}.");
        }
        (_, Kind, Role) = Folders[Rank];
        if (Kind == ScriptKind.Migration && !MigrationName().IsMatch(path))
            throw new DeploymentException($"{path}: a migration is named migrations/NNNN_what.sql, in lower case.");
        if (path == RolesPath)
            Role = null;
        ReadDirectives();
        Functions = CreatedFunction().Matches(Text).Select(m => m.Groups[1].Value).Distinct().ToArray();
    }

    /// <summary>The path below sql/, with forward slashes: the script's name in the journal.</summary>
    public string Path { get; }

    /// <summary>The text with LF line ends.</summary>
    public string Text { get; }

    /// <summary>Hash of the text in lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    public ScriptKind Kind { get; }

    /// <summary>Place of the folder in the order of deployment.</summary>
    public int Rank { get; }

    /// <summary>The role that runs it; null: the login itself.</summary>
    public string? Role { get; private set; }

    /// <summary>Set by a leading <c>-- no transaction</c>: runs after the transaction has been committed.</summary>
    public bool OutsideTransaction { get; private set; }

    /// <summary>Set by a leading <c>-- requires extension NAME</c>: the check is left out where the extension is not installed.</summary>
    public string? RequiredExtension { get; private set; }

    /// <summary>Set by a leading <c>-- for psql</c>: a person runs it with <c>psql -f</c>, and it may hold psql's own commands.</summary>
    public bool ForPsql { get; private set; }

    /// <summary>The functions that the text creates, as schema.name.</summary>
    public IReadOnlyList<string> Functions { get; }

    /// <summary>The first comment line that is not a directive.</summary>
    public string Title =>
        Text.Split('\n').TakeWhile(l => l.StartsWith("--", StringComparison.Ordinal)).Where(l => !Directive().IsMatch(l))
            .Select(l => l[2..].Trim()).FirstOrDefault(l => l.Length > 0) ?? Path;

    private void ReadDirectives()
    {
        foreach (var match in Text.Split('\n').Select(line => Directive().Match(line)).TakeWhile(m => m.Success))
        {
            if (match.Groups["role"] is { Success: true } role)
                Role = role.Value == "login" ? null : role.Value;
            else if (match.Groups["extension"] is { Success: true } extension)
                RequiredExtension = extension.Value;
            else if (match.Groups["psql"].Success)
                ForPsql = true;
            else
                OutsideTransaction = true;
        }
    }

    [GeneratedRegex(@"^--\s*(no transaction|as (?<role>[a-z_][a-z0-9_]*)|for (?<psql>psql)|requires extension (?<extension>\w+))\s*$")]
    private static partial Regex Directive();

    [GeneratedRegex(@"^migrations/\d{4}_[a-z0-9_]+\.sql$")]
    private static partial Regex MigrationName();

    [GeneratedRegex(
        @"^\s*create\s+(?:or\s+replace\s+)?(?:function|procedure)\s+([a-z_]\w*\.[a-z_]\w*)\s*\(",
        RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex CreatedFunction();
}
