using System.Diagnostics;
using Hera.PgCore.Migrations;
using Hera.PgCore.Tests.Infrastructure;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Migrations;

/// <summary>The real program: what it prints and how it ends.</summary>
public sealed class CommandLineTests
{
    private TestDatabase database = null!;
    private string folder = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        database = await TestDatabase.CreateEmptyAsync();
        folder = Directory.CreateTempSubdirectory("hera-scripts-").FullName;
        foreach (var (path, text) in new Samples())
            Write(path, text);
    }

    [TearDown]
    public async Task DropAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Exit_codes_tell_pending_clean_drift_and_error()
    {
        Assert.That(await RunAsync("verify"), Is.EqualTo(ExitCodes.Pending));
        Assert.That(await RunAsync("up", "--dry-run"), Is.EqualTo(ExitCodes.Clean));
        Assert.That(await RunAsync("verify"), Is.EqualTo(ExitCodes.Pending));
        Assert.That(await RunAsync("up"), Is.EqualTo(ExitCodes.Clean));
        Assert.That(await RunAsync("verify"), Is.EqualTo(ExitCodes.Clean));
        Write(Samples.Table, "select 1;");
        Assert.That(await RunAsync("up"), Is.EqualTo(ExitCodes.Drift));
        Assert.That(await RunAsync("verify"), Is.EqualTo(ExitCodes.Drift));
        Assert.That(await RunAsync("sideways"), Is.EqualTo(ExitCodes.Error));
        Assert.That(await RunAsync("up", "--wrong"), Is.EqualTo(ExitCodes.Error));
        Assert.That(await RunAsync("--help"), Is.EqualTo(ExitCodes.Clean));
    }

    [Test]
    public void Both_forms_of_the_database_are_read()
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var password = Uri.EscapeDataString(settings.Password ?? "");
        var host = Uri.EscapeDataString(settings.Host!);
        var url = $"postgresql://{settings.Username}:{password}@{host}:{settings.Port}/{settings.Database}";
        Assert.That(RunHere(url, "up", out _), Is.EqualTo(ExitCodes.Clean));
        Assert.That(RunHere(database.ConnectionString, "verify", out _), Is.EqualTo(ExitCodes.Clean));
    }

    [TestCase("postgresql://nobody:s3cret@127.0.0.1:1/none")]
    [TestCase("Host=127.0.0.1;Port=1;Username=nobody;Password=s3cret")]
    [TestCase("postgresql://nobody:s3cret@127.0.0.1:port/none")]
    public void A_database_that_cannot_be_reached_is_an_error_without_its_password(string url)
    {
        Assert.That(RunHere(url, "up", out var output), Is.EqualTo(ExitCodes.Error));
        Assert.That(output, Is.Not.Empty.And.Not.Contain("s3cret"));
    }

    private int RunHere(string url, string command, out string output)
    {
        using var writer = new StringWriter();
        var code = CommandLine.Run([command, "--database", url, "--scripts", folder], writer, writer);
        output = writer.ToString();
        return code;
    }

    private async Task<int> RunAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "migrations.runner.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments, "--scripts", folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DATABASE_URL"] = database.ConnectionString;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        TestContext.Out.WriteLine(await process.StandardOutput.ReadToEndAsync() + await errors);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
