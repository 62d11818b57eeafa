using Hera.PgCore.LocalPostgres;
using Hera.PgCore.Migrations;
using Hera.PgCore.Tests.Infrastructure;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Migrations;

/// <summary>Deployments by logins of different rights, each in a cluster that has none of our roles.</summary>
public sealed class LoginTests
{
    private readonly Samples samples = [];
    private readonly List<string> log = [];
    private PostgresServer server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        log.Clear();
        server = await TestServer.StartPrivateAsync();
    }

    [TearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    [Test]
    public async Task Owner_with_createrole_makes_the_roles_and_separates_owners()
    {
        await ExecuteAsync("postgres", "create role deployer login createrole");
        await ExecuteAsync("postgres", "create database app owner deployer");
        Assert.That(Deploy("app", "deployer").SingleLogin, Is.Null);
        Assert.That(await OwnerAsync("hera.things"), Is.EqualTo("hera_owner"));
        Assert.That(Verify("app", "deployer").Findings, Is.Empty);

        // Another member of the owning roles deploys on, and so does a superuser.
        await ExecuteAsync("postgres", "create role colleague login; grant hera_owner, hera_worker_owner, hera_view to colleague");
        samples[Samples.Helper] = Samples.Function("hera_internal.answer", "43");
        Assert.That(Deploy("app", "colleague").Scripts, Is.EqualTo(new[] { Samples.Helper }));
        Assert.That(Deploy("app", "postgres").Scripts, Is.Empty);
    }

    [Test]
    public async Task Login_without_createrole_owns_everything_itself()
    {
        await ExecuteAsync("postgres", "create role app login");
        await ExecuteAsync("postgres", "create database app owner app");
        Assert.That(Deploy("app", "app").SingleLogin, Is.EqualTo("app"));
        Assert.That(
            string.Join('\n', log),
            Does.Contain("create role").And.Contain("""grant hera_owner, hera_worker_owner, hera_view to "app";"""));
        Assert.That(await ScalarAsync<long>("app", "select count(*) from pg_roles where rolname like 'hera%'"), Is.Zero);
        const string owners = "select string_agg(distinct pg_get_userbyid(proowner), ',') from pg_proc where proname ~ '^hera_|^answer$'";
        Assert.That(await ScalarAsync<string>("app", owners), Is.EqualTo("app"));
        var result = Verify("app", "app");
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Clean));
        Assert.That(result.Findings.Single().Kind, Is.EqualTo(FindingKind.Warning));

        // It stays so, whoever deploys, and when the roles appear later.
        await ExecuteAsync("postgres", "create role hera_owner");
        samples["migrations/0004_more.sql"] = "create table hera.more (n int);";
        Assert.That(Deploy("app", "postgres").SingleLogin, Is.EqualTo("app"));
        Assert.That(await OwnerAsync("hera.more"), Is.EqualTo("app"));
        Assert.That(Deploy("app", "app").Scripts, Is.Empty);
    }

    [Test]
    public async Task What_an_administrator_is_told_to_run_gives_separate_roles()
    {
        await ExecuteAsync("postgres", "create role app login");
        await ExecuteAsync("postgres", "create database app");
        var error = Assert.Throws<DeploymentException>(() => Deploy("app", "app"))!;
        Assert.That(error.ExitCode, Is.EqualTo(ExitCodes.Error));
        Assert.That(await ScalarAsync<bool>("app", "select to_regnamespace('hera') is null"), Is.True);

        await ExecuteAsync("app", log.Single(line => line.StartsWith("-- For an administrator", StringComparison.Ordinal)));
        Assert.That(Deploy("app", "app").SingleLogin, Is.Null);
        Assert.That(await OwnerAsync("core_things"), Is.EqualTo("hera_view"));
        Assert.That(Verify("app", "app").Findings, Is.Empty);
    }

    [Test]
    public async Task A_login_whose_name_could_be_read_as_something_else_is_refused()
    {
        await ExecuteAsync("postgres", "create role \"Bad-Name\" login");
        await ExecuteAsync("postgres", "create database app owner \"Bad-Name\"");
        // Refused as such, not by the first statement that its name broke.
        Assert.That(Assert.Throws<DeploymentException>(() => Deploy("app", "Bad-Name"))!.InnerException, Is.Null);
        Assert.That(await ScalarAsync<bool>("app", "select to_regnamespace('hera') is null"), Is.True);
    }

    [Test]
    public async Task A_function_of_another_owner_is_not_replaced_and_the_message_says_why()
    {
        await ExecuteAsync("postgres", "create role deployer login createrole");
        await ExecuteAsync("postgres", "create database app owner deployer");
        Deploy("app", "deployer");
        await ExecuteAsync("app", "alter function hera_things_v1() owner to postgres");
        samples[Samples.Api] += "\n-- changed";
        var error = Assert.Throws<DeploymentException>(() => Deploy("app", "deployer"))!;
        Assert.That((error.InnerException as PostgresException)?.SqlState, Is.EqualTo("42501"));
        Assert.That(error.Message, Does.Contain(Samples.Api).And.Contain("owner to"));
    }

    [TestCase("createrole", null)]
    [TestCase("", "app")]
    public async Task The_scripts_of_this_release_deploy_in_either_mode(string attributes, string? singleLogin)
    {
        await ExecuteAsync("postgres", $"create role app login {attributes}");
        await ExecuteAsync("postgres", "create database app owner app");
        var deployment = new Deployment(ConnectionString("app", "app"));
        Assert.That(deployment.Up().SingleLogin, Is.EqualTo(singleLogin));
        Assert.That(
            deployment.Verify().Findings.Where(f => f.Kind != FindingKind.Warning).Select(f => $"{f.Kind}: {f.Text}"),
            Is.Empty);
        Assert.That(deployment.Up().Scripts, Is.Empty);
    }

    private DeploymentResult Deploy(string database, string login) => Deployment(database, login).Up();

    private VerificationResult Verify(string database, string login) => Deployment(database, login).Verify();

    private Deployment Deployment(string database, string login) => new(ConnectionString(database, login), log.Add, samples.Set);

    private string ConnectionString(string database, string login) =>
        new NpgsqlConnectionStringBuilder(server.ConnectionString(database)) { Username = login, Pooling = false }.ConnectionString;

    private Task<string?> OwnerAsync(string relation) =>
        ScalarAsync<string>("app", $"select pg_get_userbyid(relowner)::text from pg_class where oid = '{relation}'::regclass");

    private async Task ExecuteAsync(string database, string sql) => await ScalarAsync<object>(database, sql);

    private async Task<T?> ScalarAsync<T>(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database, "postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }
}
