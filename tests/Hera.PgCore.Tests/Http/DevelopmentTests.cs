using System.Text.RegularExpressions;
using Hera.PgCore.LocalPostgres;
using Hera.PgCore.Tests.Outbox;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>The first thing that anybody does: start the host without any setting and send the event that it suggests.</summary>
public sealed partial class DevelopmentTests
{
    private string _folder = null!;

    [SetUp]
    public void Prepare()
    {
        try
        {
            PostgresBinaries.Find();
        }
        catch (PostgresServerException exception)
        {
            Assert.Ignore(exception.Message);
        }

        _folder = Directory.CreateTempSubdirectory("hera-dev-").FullName;
        // The server may run as another user.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder, (UnixFileMode)Convert.ToInt32("755", 8));
    }

    [TearDown]
    public void Clean()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_start_without_settings_brings_everything_and_keeps_it()
    {
        var first = await RunAsync(sendEvent: true);
        var second = await RunAsync(sendEvent: false);

        Assert.That(second, Is.EqualTo(first), "the demo organization is still there");
        foreach (var secret in new[] { "encryption-key", "jwt-secret", "demo-webhook-secret" })
        {
            var file = Path.Combine(_folder, secret);
            Assert.That(File.Exists(file), secret);
            if (!OperatingSystem.IsWindows())
                Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite), secret);
        }
    }

    [Test]
    public async Task The_demo_is_prepared_in_the_default_organization()
    {
        const string Organization = "5f0c1a52-7b63-4d3e-9a55-3c9f2d1e8b70";

        Assert.That(await RunAsync(sendEvent: true, new() { ["DEFAULT_ORGANIZATION_ID"] = Organization }), Is.EqualTo(Organization));
        Assert.That(await RunAsync(sendEvent: false), Is.Not.EqualTo(Organization), "without it the demo has an organization of its own");
        Assert.That(await RunAsync(sendEvent: false, new() { ["DEFAULT_ORGANIZATION_ID"] = Organization }), Is.EqualTo(Organization));
    }

    [Test]
    public async Task A_wrong_folder_of_programs_is_named()
    {
        await using var process = HostProcess.Start(null, new() { ["HERA_DATA_DIR"] = _folder, ["HERA_PGBIN"] = "/nowhere" });
        await process.WaitForExitAsync();

        Assert.That(process.ExitCode, Is.EqualTo(1));
        Assert.That(process.Output, Does.Contain("HERA_PGBIN").And.Not.Contain("   at "));
    }

    private async Task<string> RunAsync(bool sendEvent, Dictionary<string, string>? variables = null)
    {
        await using var process = HostProcess.Start(null, new(variables ?? []) { ["HERA_DATA_DIR"] = _folder });
        for (var waited = 0; waited < 600 && !process.Output.Contains("psql ", StringComparison.Ordinal) && !process.HasExited; waited++)
            await Task.Delay(100);
        var output = process.Output;
        var origin = Origin().Match(output).Groups[1].Value;
        var organization = Organization().Match(output).Groups[1].Value;
        Assert.That(origin, Is.Not.Empty, output);
        if (sendEvent)
            await SendAsync(origin, organization, Token().Match(output).Groups[1].Value, Body().Match(output).Groups[1].Value);

        await process.TerminateAsync();
        Assert.That(process.ExitCode, Is.Zero, process.Output);
        return organization;
    }

    private static async Task SendAsync(string origin, string organization, string token, string body)
    {
        using var client = new HttpClient { BaseAddress = new Uri(origin) };
        client.DefaultRequestHeaders.Add("Authorization", "Bearer " + token);
        client.DefaultRequestHeaders.Add("X-Organization-Id", organization);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/functions/v1/api-v2/integrations/events", UriKind.Relative), content);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());

        var received = "";
        for (var waited = 0; waited < 100 && received.Length < 10; waited++)
        {
            await Task.Delay(100);
            received = await client.GetStringAsync(new Uri("/demo/receiver", UriKind.Relative));
        }

        Assert.That(received, Does.Contain("\"signature_valid\": true").And.Contain("Hello, I need help!"));
    }

    [GeneratedRegex("curl -X POST \"(http://[^/]+)/functions/v1/api-v2/integrations/events\"")]
    private static partial Regex Origin();

    [GeneratedRegex("X-Organization-Id: ([0-9a-f-]{36})")]
    private static partial Regex Organization();

    [GeneratedRegex("Authorization: Bearer ([^\"]+)")]
    private static partial Regex Token();

    [GeneratedRegex("-d '(\\{.*?\\})'", RegexOptions.Singleline)]
    private static partial Regex Body();
}
