using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Hera.PgCore.LocalPostgres;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Infrastructure;

public sealed class PostgresServerTests
{
    private PostgresBinaries binaries = null!;
    private string scratch = null!;

    [SetUp]
    public void FindBinaries()
    {
        try
        {
            binaries = PostgresBinaries.Find();
        }
        catch (PostgresServerException e)
        {
            Assert.Ignore(e.Message);
        }
        // The server may run as another user, who has to reach its folder.
        scratch = Directory.CreateTempSubdirectory("hera-test-").FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(scratch, (UnixFileMode)0b111_101_101);
    }

    [TearDown]
    public void DeleteScratch()
    {
        if (scratch is not null)
            Directory.Delete(scratch, recursive: true);
    }

    [Test]
    public async Task Throwaway_server_has_no_port_and_leaves_nothing()
    {
        string folder;
        int process;
        await using (var server = await PostgresServer.StartAsync(PostgresServerOptions.Test))
        {
            (folder, process) = (server.DataFolder, server.ProcessId!.Value);
            Assert.That(server.Port, Is.Null);
            Assert.That(await ScalarAsync(server, "show listen_addresses"), Is.EqualTo(""));
            Assert.That(await ScalarAsync(server, "show fsync"), Is.EqualTo("off"));
        }
        Assert.That(Directory.Exists(folder), Is.False);
        Assert.That(Directory.Exists($"/proc/{process}"), Is.False);
    }

    [Test]
    public async Task Killed_server_recovers_what_was_committed()
    {
        await using var server = await PostgresServer.StartAsync(PostgresServerOptions.Test with { Durable = true });
        await ScalarAsync(server, "create table kept(n int); insert into kept values (1) returning n");
        await server.KillAsync();
        Assert.That(server.ProcessId, Is.Null);
        await server.RestartAsync();
        Assert.That(await ScalarAsync(server, "select n from kept"), Is.EqualTo(1));
        Assert.That(await ScalarAsync(server, "show fsync"), Is.EqualTo("on"));
    }

    [Test]
    public async Task Development_server_keeps_its_data_replaces_a_taken_port_and_asks_for_a_password()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var lines = new List<string>();
        var options = PostgresServerOptions.Development(Path.Combine(scratch, "data")) with { Port = port, Log = lines.Add };
        await using (var server = await PostgresServer.StartAsync(options))
        {
            Assert.That(server.Port, Is.Not.Null.And.Not.EqualTo(port));
            Assert.That(lines, Has.Some.Contains(server.Url()));
            await ScalarAsync(server, "create table kept(n int); insert into kept values (1) returning n");
            var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString()) { Password = "wrong", Pooling = false };
            await using var connection = new NpgsqlConnection(wrong.ConnectionString);
            var refusal = await Assert.ThrowsAsync<PostgresException>(connection.OpenAsync);
            Assert.That(refusal!.SqlState, Is.EqualTo("28P01"));
        }
        taken.Stop();
        await using var again = await PostgresServer.StartAsync(options);
        Assert.That(again.Port, Is.EqualTo(port));
        Assert.That(await ScalarAsync(again, "select n from kept"), Is.EqualTo(1));
    }

    [Test]
    public async Task Stale_lock_file_does_not_stop_the_start()
    {
        var options = new PostgresServerOptions { DataFolder = Path.Combine(scratch, "data") };
        await using (await PostgresServer.StartAsync(options))
        {
        }
        // The number belongs to a living process of the same user, which is no PostgreSQL server.
        var start = new ProcessStartInfo("sleep", "60") { WorkingDirectory = "/" };
        if (Posix.ServerUser is { } user)
            start.UserName = user;
        using var other = Process.Start(start)!;
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(scratch, "data", "postmaster.pid"),
                string.Create(CultureInfo.InvariantCulture, $"{other.Id}\n{scratch}/data\n1700000000\n5432\n{scratch}/data\n\n"));
            await using var server = await PostgresServer.StartAsync(options);
            Assert.That(server.ProcessId, Is.Not.Null.And.Not.EqualTo(other.Id));
        }
        finally
        {
            other.Kill();
        }
    }

    [Test]
    public async Task Server_and_temporary_folder_go_when_their_process_is_killed()
    {
        await using var server = await PostgresServer.StartAsync(PostgresServerOptions.Test);
        var id = server.ProcessId!.Value;
        server.Abandon();
        for (var waited = Stopwatch.StartNew(); Directory.Exists(server.SocketFolder) && waited.Elapsed < TimeSpan.FromSeconds(20);)
            await Task.Delay(50);
        Assert.That(Directory.Exists(server.SocketFolder), Is.False);
        Assert.That(Posix.IsAlive(id), Is.False);
    }

    [Test]
    public async Task Second_start_on_a_folder_in_use_is_refused_and_harms_nothing()
    {
        var options = new PostgresServerOptions { DataFolder = Path.Combine(scratch, "data") };
        await using var server = await PostgresServer.StartAsync(options);
        await Assert.ThrowsAsync<PostgresServerException>(() => PostgresServer.StartAsync(options));
        Assert.That(await ScalarAsync(server, "select 1"), Is.EqualTo(1));
    }

    [Test]
    public async Task Folder_of_another_version_is_named()
    {
        var data = Directory.CreateDirectory(Path.Combine(scratch, "data")).FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "PG_VERSION"), "9\n");
        var options = new PostgresServerOptions { DataFolder = data };
        var error = await Assert.ThrowsAsync<PostgresServerException>(() => PostgresServer.StartAsync(options));
        Assert.That(error!.Message, Does.Contain(data).And.Contain("PostgreSQL 9"));
    }

    [Test]
    public async Task Folder_with_other_files_is_left_alone()
    {
        var data = Directory.CreateDirectory(Path.Combine(scratch, "data")).FullName;
        var file = Path.Combine(data, "thesis.txt");
        await File.WriteAllTextAsync(file, "mine");
        await Assert.ThrowsAsync<PostgresServerException>(() => PostgresServer.StartAsync(new PostgresServerOptions { DataFolder = data }));
        Assert.That(File.Exists(file));
    }

    [Test]
    public async Task Settings_and_log_are_at_hand()
    {
        await using var server = await PostgresServer.StartAsync(
            PostgresServerOptions.Test with { Settings = new Dictionary<string, string> { ["max_connections"] = "17" } });
        Assert.That(await ScalarAsync(server, "show max_connections"), Is.EqualTo("17"));
        await server.SetAsync("log_statement", "all");
        var logged = Stopwatch.StartNew();
        while (!(await server.ReadLogAsync()).Contains("'canary'", StringComparison.Ordinal))
        {
            Assert.That(logged.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
            await ScalarAsync(server, "select 'canary'");
        }
    }

    [Test]
    public void Binaries_named_by_the_environment_decide_alone()
    {
        var npm = Path.Combine(scratch, "native");
        Directory.CreateDirectory(npm);
        Directory.CreateSymbolicLink(Path.Combine(npm, "bin"), binaries.Folder);
        Assert.That(PostgresBinaries.Find(name => name == "HERA_PGBIN" ? scratch : null).Major, Is.EqualTo(binaries.Major));
        Assert.Throws<PostgresServerException>(() => PostgresBinaries.Find(name => name == "HERA_PGBIN" ? "/nowhere" : null));
    }

    private static async Task<object?> ScalarAsync(PostgresServer server, string sql)
    {
        var target = new NpgsqlConnectionStringBuilder(server.ConnectionString()) { Pooling = false };
        await using var connection = new NpgsqlConnection(target.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
