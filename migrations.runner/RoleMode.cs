using System.Text.RegularExpressions;
using Dapper;
using DbUp.Engine;
using Npgsql;

namespace Hera.PgCore.Migrations;

/// <summary>
/// Who owns what. Normally each folder has its owning role. A login that may neither create roles nor act as those that exist
/// owns everything itself (single-login mode): each of our role names in the scripts is then read as that login.
/// </summary>
internal sealed partial class RoleMode : IScriptPreprocessor
{
    private readonly Facts facts;

    private RoleMode(Facts facts, string? singleLogin)
    {
        this.facts = facts;
        SingleLogin = singleLogin;
    }

    /// <summary>The login that owns everything, or null where the roles do.</summary>
    public string? SingleLogin { get; }

    public static RoleMode Decide(NpgsqlConnection connection)
    {
        var facts = connection.QuerySingle<Facts>(FactsSql);
        var separate = facts.JournalOwner is { } owner ? owner == "hera_owner" : facts.CanCreateRoles || facts.ActsAsOwners;
        if (separate)
            return new RoleMode(facts, null);
        var login = facts.JournalOwner ?? facts.Login;
        return PlainName().IsMatch(login)
            ? new RoleMode(facts, login)
            : throw new DeploymentException(
                $"The login \"{login}\" would own everything, but its name takes the place of role names in the scripts, "
                + "so it must be lower-case letters, digits and '_': rename it, or let an administrator create the roles.");
    }

    /// <summary>
    /// Before a first deployment in single-login mode: tells what an administrator could do, and stops where nobody else can.
    /// </summary>
    public void Announce(ScriptSet scripts, Action<string> log)
    {
        if (SingleLogin is null || facts.JournalOwner is not null)
            return;
        log(AdministratorScript(scripts));
        if (!facts.CanCreateSchema || !facts.CanCreateInPublic)
        {
            throw new DeploymentException(
                $"The login {facts.Login} may not create schemas in the database {facts.Database} or objects in its schema public, "
                + "and nothing was changed: let an administrator run the statements above in this database, then deploy again.");
        }
        log($"The login {facts.Login} may not create roles, so it will own everything itself (single-login mode). For separate roles "
            + "let an administrator run the statements above in an empty database before the first deployment.");
    }

    /// <summary>The role a script runs as; null: the login.</summary>
    public string? RoleOf(Script script) => SingleLogin ?? script.Role;

    /// <summary>0001_roles.sql is journaled without being run where the login could do nothing that stands in it.</summary>
    public bool Skips(Script script) => script.Path == Script.RolesPath && (SingleLogin is not null || !facts.CanCreateRoles);

    public string Process(string contents) => SingleLogin is null ? contents : RoleName().Replace(contents, SingleLogin);

    private string AdministratorScript(ScriptSet scripts) =>
        $"""
        -- For an administrator (a superuser), in the database {facts.Database}:
        {scripts.All.FirstOrDefault(s => s.Path == Script.RolesPath)?.Text.Trim()}
        grant create on database {Quote(facts.Database)} to hera_owner, {Quote(facts.Login)};
        grant usage, create on schema public to hera_owner, hera_worker_owner, hera_view, {Quote(facts.Login)} with grant option;
        grant hera_owner, hera_worker_owner, hera_view to {Quote(facts.Login)};
        -- End of the statements for an administrator.
        """;

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private const string FactsSql = """
        select session_user::text as Login,
               current_database()::text as Database,
               r.rolsuper or r.rolcreaterole as CanCreateRoles,
               (select count(*) = 3 from pg_roles o
                where o.rolname in ('hera_owner', 'hera_worker_owner', 'hera_view')
                  and pg_has_role(session_user, o.oid, 'usage')) as ActsAsOwners,
               has_database_privilege(session_user, current_database(), 'create') or to_regnamespace('hera') is not null as CanCreateSchema,
               has_schema_privilege(session_user, 'public', 'create') as CanCreateInPublic,
               (select c.relowner::regrole::text from pg_class c where c.oid = to_regclass('hera.schema_journal')) as JournalOwner
        from pg_roles r
        where r.rolname = session_user
        """;

    private sealed record Facts(
        string Login,
        string Database,
        bool CanCreateRoles,
        bool ActsAsOwners,
        bool CanCreateSchema,
        bool CanCreateInPublic,
        string? JournalOwner);

    [GeneratedRegex(@"\bhera_(owner|worker_owner|view|api|worker|dba|reader|migrator)\b")]
    private static partial Regex RoleName();

    [GeneratedRegex("^[a-z_][a-z0-9_]*$")]
    private static partial Regex PlainName();
}
