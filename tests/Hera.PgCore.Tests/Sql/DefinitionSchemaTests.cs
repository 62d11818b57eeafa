using System.Text.Json.Nodes;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Sql;

/// <summary>The JSON Schema of definitions, read by a validator that others wrote.</summary>
public sealed class DefinitionSchemaTests
{
    private static readonly string[] Broken =
    [
        """{"name": "no smart code"}""",
        """{"smart_code": "hera.x.v1"}""",
        """{"smart_code": "HERA.TEST.CONNECTOR.v1", "unknown": 1}""",
        """{"smart_code": "HERA.TEST.CONNECTOR.v1", "fields": [{"name": "a", "type": "text"}]}""",
        """{"smart_code": "HERA.TEST.CONNECTOR.v1", "inbound": {"verify": [{"name": "a", "type": "hmac", "key": "k"}]}}""",
        """{"smart_code": "HERA.TEST.CONNECTOR.v1", "errors": [{"when": {"status": ["6xx"]}, "class": "retry"}]}""",
    ];

    [Test]
    public async Task Every_file_is_valid_and_what_registration_refuses_by_its_form_is_not()
    {
        var documents = new JsonObject();
        foreach (var file in Directory.GetFiles(Repository.File("sql/seeds/connectors"), "*.sql"))
        {
            var text = await File.ReadAllTextAsync(file);
            documents[Path.GetFileName(file)] = JsonNode.Parse(text[(text.IndexOf('{', StringComparison.Ordinal))..(text.LastIndexOf('}') + 1)]);
        }

        for (var n = 0; n < Broken.Length; n++)
            documents[$"broken {n}"] = JsonNode.Parse(Broken[n]);
        var input = new JsonObject
        {
            ["schema"] = JsonNode.Parse(await File.ReadAllTextAsync(Repository.File("docs/connector-definition.schema.json"))),
            ["documents"] = documents,
        };
        // Larger than an argument of a program may be.
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, input.ToJsonString());
        var faults = (await NodeScript.RunAsync("schema.mjs", path)).AsObject();
        File.Delete(path);

        Assert.That(
            faults.Where(fault => fault.Key.EndsWith(".sql", StringComparison.Ordinal)).Select(fault => $"{fault.Key} {fault.Value!.ToJsonString()}"),
            Is.All.EndsWith(" []"));
        Assert.That(faults.Count(fault => fault.Key.EndsWith(".sql", StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(7));
        Assert.That(faults.Where(fault => fault.Key.StartsWith("broken", StringComparison.Ordinal)).Select(fault => fault.Value!.AsArray().Count), Is.All.GreaterThan(0));
    }
}
