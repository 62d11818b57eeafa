using System.Diagnostics;
using System.Text.RegularExpressions;
using Hera.PgCore.Host.Options;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using Settings = Hera.PgCore.Host.Options.Settings;

namespace Hera.PgCore.Tests.Deploying;

/// <summary>The settings that the compose file and the systemd units give are settings that the programs take.</summary>
public sealed class SettingsOfDeploymentsTests
{
    private string _secrets = null!;

    [SetUp]
    public async Task MakeSecretsAsync()
    {
        _secrets = Directory.CreateTempSubdirectory("hera-secrets-").FullName;
        await RunAsync("sh", Repository.File("deploy/compose/make-secrets.sh"), _secrets);
    }

    [TearDown]
    public void Clean() => Directory.Delete(_secrets, recursive: true);

    [TestCase("host", true, false)]
    [TestCase("worker", false, true)]
    public void A_service_of_the_compose_file_can_start(string service, bool servesApi, bool runsWorker)
    {
        var environment = Compose()["services"][service]["environment"].Values.ToDictionary(pair => pair.Key, pair => Default(pair.Value.Text));

        var settings = Read(environment, "/run/secrets");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((settings.Runtime.ServesApi, settings.Runtime.RunsWorker), Is.EqualTo((servesApi, runsWorker)));
            Assert.That((settings.Database.Api.Username, settings.Database.Api.Host), Is.EqualTo(("hera_api", "postgres")));
            Assert.That((settings.Database.Worker.Username, settings.Database.Worker.Host), Is.EqualTo(("hera_worker", "postgres")));
            Assert.That(settings.Database.EncryptionKey, Is.Not.Null);
        }
    }

    [Test]
    public void The_compose_file_mounts_every_secret_that_it_names()
    {
        var compose = Compose();
        var declared = compose["secrets"].Values.ToDictionary(pair => pair.Key, pair => pair.Value["file"].Text);
        foreach (var (name, service) in compose["services"].Values)
        {
            var mounted = service.Values.TryGetValue("secrets", out var secrets) ? secrets.Items.Select(item => item.Text).ToList() : [];
            Assert.That(mounted, Is.SubsetOf(declared.Keys), name);
            foreach (var path in service.AllTexts().SelectMany(text => Regex.Matches(Default(text), "/run/secrets/([a-z_]+)")).Select(match => match.Groups[1].Value))
                Assert.That(mounted, Does.Contain(path), name);
        }

        Assert.That(declared.Select(pair => Path.GetFileName(pair.Value)), Is.EquivalentTo(Directory.EnumerateFiles(_secrets).Select(Path.GetFileName)), "as the script makes them");
    }

    [TestCase("hera-host", true, false)]
    [TestCase("hera-worker", false, true)]
    public void A_unit_of_systemd_can_start(string unit, bool servesApi, bool runsWorker)
    {
        var lines = File.ReadAllLines(Repository.File($"deploy/systemd/{unit}.service"));
        var credentials = lines.Where(line => line.StartsWith("LoadCredential=", StringComparison.Ordinal)).Select(line => line.Split('=', ':')[1]).ToHashSet();
        var environment = lines.Where(line => line.StartsWith("Environment=", StringComparison.Ordinal)).SelectMany(line => line["Environment=".Length..].Split(' '))
            .Concat(File.ReadAllLines(Repository.File("deploy/systemd/hera.env")).Where(line => !line.StartsWith('#')))
            .Select(assignment => assignment.Split('=', 2)).GroupBy(pair => pair[0]).ToDictionary(group => group.Key, group => group.Last()[1]);

        Assert.That(environment.Values.Where(value => value.StartsWith("%d/", StringComparison.Ordinal)).Select(value => value[3..]), Is.EquivalentTo(credentials));
        var settings = Read(environment, "%d");

        Assert.That((settings.Runtime.ServesApi, settings.Runtime.RunsWorker), Is.EqualTo((servesApi, runsWorker)));
        Assert.That((settings.Database.Api.Username, settings.Database.Worker.Username), Is.EqualTo(("hera_api", "hera_worker")));
    }

    [Test]
    public async Task Secrets_that_are_there_already_stay()
    {
        var before = Directory.EnumerateFiles(_secrets).Order().Select(File.ReadAllText).ToList();
        await RunAsync("sh", Repository.File("deploy/compose/make-secrets.sh"), _secrets);

        Assert.That(Directory.EnumerateFiles(_secrets).Order().Select(File.ReadAllText), Is.EqualTo(before));
        Assert.That(before.Distinct().Count(), Is.EqualTo(before.Count), "no two are the same");
    }

    private Settings Read(Dictionary<string, string> environment, string folder)
    {
        var reader = new EnvironmentReader(environment.ToDictionary(pair => pair.Key, pair => pair.Value.Replace(folder, _secrets, StringComparison.Ordinal)));
        Assert.That(Settings.IsDevelopmentIn(reader), Is.False);
        return Settings.Read(reader, isDevelopment: false);
    }

    /// <summary>The value of <c>${NAME:-value}</c> where the variable is not set.</summary>
    private static string Default(string text) => Regex.Replace(text, @"\$\{[A-Z_]+:-([^}]*)\}", "$1");

    private static Node Compose() => new(new DeserializerBuilder().Build().Deserialize(
        new MergingParser(new Parser(new StringReader(File.ReadAllText(Repository.File("docker-compose.yml"))))))!);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero);
    }

    private sealed class Node(object value)
    {
        public string Text => value as string ?? "";

        public IReadOnlyDictionary<string, Node> Values =>
            ((IDictionary<object, object>)value).ToDictionary(pair => (string)pair.Key, pair => new Node(pair.Value));

        public IEnumerable<Node> Items => ((IEnumerable<object>)value).Select(item => new Node(item));

        public Node this[string name] => Values[name];

        public IEnumerable<string> AllTexts() => value switch
        {
            string text => [text],
            IDictionary<object, object> => Values.Values.SelectMany(node => node.AllTexts()),
            IEnumerable<object> => Items.SelectMany(node => node.AllTexts()),
            _ => [],
        };
    }
}
