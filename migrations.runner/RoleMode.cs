using System.Text.RegularExpressions;
using Dapper;
using DbUp.Engine;
using Npgsql;

namespace Hera.PgCore.Migrations;

/// <summary>
/// Who owns what. Normally each folder has its owning role. A login that may neither create roles nor act as those that exist owns everything
/// itself (single-login mode): each of our role names in the scripts is then read as that login.
/// </summary>
internal sealed partial class RoleMode : IScriptPreprocessor
{
    private RoleMode(string? singleLogin, bool createsRoles)
    {
        SingleLogin = singleLogin;
        CreatesRoles = createsRoles;
    }

    /// <summary>The login that owns everything, or null where the roles do.</summary>
    public string? SingleLogin { get; }

    /// <summary>Whether 0001_roles.sql runs; else it is journaled as if it had, since there is nothing in it that the login could do.</summary>
    public bool CreatesRoles { get; }

    public static RoleMode Decide(NpgsqlConnection connection, ScriptSet scripts, Action<string> log)
    {
        var facts = connection.QuerySingle<Facts>(FactsSql);
        var canCreateRoles = facts.IsSuper || facts.CanCreateRole;
        if (facts.JournalOwner is { } owner)
            return owner == "hera_owner" ? new RoleMode(null, canCreateRoles) : Single(owner);
        if (canCreateRoles || facts.ActsAsOwners)
            return new RoleMode(null, canCreateRoles);

        var administrator = AdministratorScript(scripts, facts);
        if (!facts.CanCreateSchema || !facts.CanCreateInPublic)
        {
            log(administrator);
            throw new DeploymentException(
                $"The login {facts.Login} may not create schemas in the database {facts.Database} or objects in its schema public, "
                + "and nothing was changed: let an administrator run the statements above in this database, then deploy again.");
        }
        var mode = Single(facts.Login);
        log(administrator);
        log($"The login {facts.Login} may not create roles, so it will own everything itself (single-login mode). For separate roles let an "
            + "administrator run the statements above in an empty database before the first deployment.");
        return mode;
    }

    /// <summary>The role a script runs as; null: the login.</summary>
    public string? RoleOf(Script script) => SingleLogin ?? script.Role;

    public bool Skips(Script script) => script.Path == Script.RolesPath && !CreatesRoles;

    public string Process(string contents) => SingleLogin is null ? contents : RoleName().Replace(contents, SingleLogin);

    private static RoleMode Single(string login) =>
        PlainName().IsMatch(login)
            ? new RoleMode(login, createsRoles: false)
            : throw new DeploymentException(
                $"The login \"{login}\" would own everything, but its name takes the place of role names in the scripts, "
                + "so it must be lower-case letters, digits and '_': rename it, or let an administrator create the roles.");

    private static string AdministratorScript(ScriptSet scripts, Facts facts) =>
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
               r.rolsuper as IsSuper,
               r.rolcreaterole as CanCreateRole,
               (select count(*) = 3 from pg_roles o
                where o.rolname in ('hera_owner', 'hera_worker_owner', 'hera_view') and pg_has_role(session_user, o.oid, 'usage')) as ActsAsOwners,
               has_database_privilege(session_user, current_database(), 'create') or to_regnamespace('hera') is not null as CanCreateSchema,
               has_schema_privilege(session_user, 'public', 'create') as CanCreateInPublic,
               (select c.relowner::regrole::text from pg_class c where c.oid = to_regclass('hera.schema_journal')) as JournalOwner
        from pg_roles r
        where r.rolname = session_user
        """;

    private sealed record Facts(
        string Login,
        string Database,
        bool IsSuper,
        bool CanCreateRole,
        bool ActsAsOwners,
        bool CanCreateSchema,
        bool CanCreateInPublic,
        string? JournalOwner);

    [GeneratedRegex(@"\bhera_(owner|worker_owner|view|api|worker|dba|reader|migrator)\b")]
    private static partial Regex RoleName();

    [GeneratedRegex("^[a-z_][a-z0-9_]*$")]
    private static partial Regex PlainName();
}
