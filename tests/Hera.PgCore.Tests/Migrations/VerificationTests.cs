using Hera.PgCore.Migrations;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Migrations;

public sealed class VerificationTests
{
    private TestDatabase database = null!;
    private Samples samples = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        database = await TestDatabase.CreateEmptyAsync();
        samples = [];
        Deployment().Up();
    }

    [TearDown]
    public async Task DropAsync() => await database.DisposeAsync();

    [Test]
    public void A_clean_database_is_clean() => Assert.That(Deployment().Verify().Findings, Is.Empty);

    [TestCase("create or replace function public.hera_things_v1() returns int language sql security definer as 'select 0'")]
    [TestCase("alter function public.hera_things_v1() owner to hera_worker_owner")]
    [TestCase("grant execute on function public.hera_things_v1() to hera_reader")]
    [TestCase("alter function public.hera_things_v1() reset search_path")]
    [TestCase("drop function public.hera_things_v1()")]
    public async Task A_function_changed_by_hand_is_drift_until_it_is_repaired(string patch)
    {
        await database.ExecuteAsync(patch);
        var result = Deployment().Verify();
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Drift));
        Assert.That(result.Findings.Single().Text, Does.Contain(Samples.Api));
        Assert.That(Deployment().Up().Scripts, Is.Empty);
        // What is not the owner's any more cannot be replaced by the owner.
        if (patch.Contains("owner to", StringComparison.Ordinal))
        {
            Assert.Throws<DeploymentException>(() => Deployment().Up(repair: true));
            return;
        }
        if (patch.StartsWith("grant", StringComparison.Ordinal))
            return;
        Assert.That(Deployment().Up(repair: true).Scripts, Is.EqualTo(new[] { Samples.Api }));
        Assert.That(Deployment().Verify().ExitCode, Is.EqualTo(ExitCodes.Clean));
    }

    [TestCase("create function public.hera_extra_v1() returns int language sql as 'select 1'")]
    [TestCase("create function hera_internal.extra() returns int language sql as 'select 1'")]
    public async Task A_function_that_no_script_makes_is_drift(string sql)
    {
        await database.ExecuteAsync(sql);
        Assert.That(Deployment().Verify().ExitCode, Is.EqualTo(ExitCodes.Drift));
    }

    [Test]
    public void A_new_or_changed_script_is_pending()
    {
        samples["migrations/0004_more.sql"] = "create table hera.more (n int);";
        samples[Samples.View] += "\n-- changed";
        samples["checks/never.sql"] = "-- Nothing.\nselect 1;";
        var result = Deployment().Verify();
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Pending));
        Assert.That(
            result.Findings.Where(f => f.Kind == FindingKind.Pending).Select(f => f.Text),
            Is.EqualTo(new[] { "migrations/0004_more.sql", Samples.View }));
    }

    [Test]
    public async Task An_empty_database_is_pending()
    {
        await using var empty = await TestDatabase.CreateEmptyAsync();
        Assert.That(new Deployment(empty.ConnectionString, scripts: samples.Set).Verify().ExitCode, Is.EqualTo(ExitCodes.Pending));
    }

    [TestCase("-- No thing is called one.\nselect name from hera.things;", 1)]
    [TestCase("-- No thing is called two.\nselect name from hera.things where name = 'two';", 0)]
    [TestCase("-- Many rows.\nselect n from generate_series(1, 100) n;", 21)]
    [TestCase("-- Wrong.\nselect nothing;", 1)]
    [TestCase("-- as hera_view\n-- May not.\nselect 1 from hera.schema_journal;", 1)]
    [TestCase("-- requires extension not_there\n-- Left out.\nselect nothing;", 0)]
    public void A_check_must_return_no_row(string check, int findings)
    {
        samples["checks/check.sql"] = check;
        var result = Deployment().Verify();
        Assert.That(result.Findings, Has.Count.EqualTo(findings));
        Assert.That(result.ExitCode, Is.EqualTo(findings == 0 ? ExitCodes.Clean : ExitCodes.Error));
    }

    [Test]
    public void A_check_cannot_write()
    {
        samples["checks/check.sql"] = "-- Writes.\ninsert into hera.things values (2, 'two') returning id;";
        Assert.That(Deployment().Verify().Findings.Single().Text, Does.Contain("25006"));
    }

    [Test]
    public async Task Verify_changes_nothing()
    {
        await using var empty = await TestDatabase.CreateEmptyAsync();
        new Deployment(empty.ConnectionString, scripts: samples.Set).Verify();
        Assert.That(await empty.ScalarAsync<object>("select to_regnamespace('hera')::text"), Is.Null);
    }

    [Test]
    public void The_reference_is_checked_against_the_catalogue()
    {
        var file = Path.GetTempFileName();
        try
        {
            Assert.That(Deployment().WriteReference(file, check: true), Is.EqualTo(ExitCodes.Drift));
            Assert.That(Deployment().WriteReference(file), Is.EqualTo(ExitCodes.Clean));
            Assert.That(Deployment().WriteReference(file, check: true), Is.EqualTo(ExitCodes.Clean));
            Assert.That(File.ReadAllText(file), Does.Contain("hera_things_v1() returns integer").And.Contain("May be run by: hera_api.")
                .And.Contain("### hera.things").And.Contain("### public.core_things").And.Contain(@"What it is called \| by people."));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Deployment Deployment() => new(database.ConnectionString, scripts: samples.Set);
}
