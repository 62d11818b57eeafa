using System.Runtime.CompilerServices;
using Hera.PgCore.Migrations;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Migrations;

/// <summary>
/// The schema of a fresh install is tests/golden/schema.sql, so that a change of it shows in review. HERA_UPDATE_GOLDEN=1 writes the file.
/// So it is with sql/REFERENCE.md.
/// </summary>
public sealed class GoldenSchemaTests
{
    [Test]
    public async Task A_fresh_install_is_the_golden_schema()
    {
        await using var database = await TestDatabase.CreateAsync();
        var version = await SchemaDump.MajorVersionAsync(database.ConnectionString);
        var actual = $"-- PostgreSQL {version}\n{await SchemaDump.TakeAsync(database.ConnectionString)}";
        if (Environment.GetEnvironmentVariable("HERA_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(GoldenFile())!);
            await File.WriteAllTextAsync(GoldenFile(), actual);
        }
        var golden = (await File.ReadAllTextAsync(GoldenFile())).Replace("\r\n", "\n", StringComparison.Ordinal);
        if (golden.Split('\n')[0] is var written && written != $"-- PostgreSQL {version}")
            Assert.Ignore($"The golden schema was written by another version than this server's {version}: {written}.");
        Assert.That(actual, Is.EqualTo(golden), "HERA_UPDATE_GOLDEN=1 writes the file again.");
    }

    [Test]
    public async Task The_template_is_what_the_scripts_say()
    {
        await using var database = await TestDatabase.CreateAsync();
        var findings = new Deployment(database.ConnectionString).Verify().Findings;
        Assert.That(findings.Select(f => $"{f.Kind}: {f.Text}"), Is.Empty);
    }

    [Test]
    public async Task The_reference_is_current()
    {
        await using var database = await TestDatabase.CreateAsync();
        var reference = Path.Combine(Path.GetDirectoryName(GoldenFile())!, "..", "..", "sql", "REFERENCE.md");
        var deployment = new Deployment(database.ConnectionString);
        if (Environment.GetEnvironmentVariable("HERA_UPDATE_GOLDEN") == "1")
            deployment.WriteReference(reference);
        Assert.That(deployment.WriteReference(reference, check: true), Is.EqualTo(ExitCodes.Clean), "migrations.runner docs writes it again.");
    }

    [Test]
    public async Task The_schema_of_definitions_is_current()
    {
        await using var database = await TestDatabase.CreateAsync();
        var schema = Path.Combine(Path.GetDirectoryName(GoldenFile())!, "..", "..", "docs", "connector-definition.schema.json");
        var deployment = new Deployment(database.ConnectionString);
        if (Environment.GetEnvironmentVariable("HERA_UPDATE_GOLDEN") == "1")
            deployment.WriteSchema(schema);
        Assert.That(deployment.WriteSchema(schema, check: true), Is.EqualTo(ExitCodes.Clean), "migrations.runner docs writes it again.");
    }

    private static string GoldenFile([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "golden", "schema.sql"));
}
