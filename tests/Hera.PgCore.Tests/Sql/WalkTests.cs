using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Sql;

/// <summary>
/// Three people walk through the product with psql: one of hera_dba, a reader, and a plain login with one granted function. What they see is
/// what stands in the .out files beside the scripts.
/// </summary>
public sealed class WalkTests
{
    private const string Organization = "dba00000-0000-4000-8000-000000000001";

    [Test]
    public async Task Each_login_sees_what_it_should()
    {
        // The roles that the logins join come with the first migrated database; what a login was granted goes before the login.
        await (await TestServer.GetAsync()).TemplateAsync();
        await using var dba = await TestLogin.CreateAsync("in role hera_dba");
        await using var reader = await TestLogin.CreateAsync("in role hera_reader");
        await using var plain = await TestLogin.CreateAsync();
        await using var database = await TestDatabase.CreateAsync();

        await WalkAsync(database, dba, "10_dba");
        await database.ExecuteAsync($"""
            insert into hera.reader_organizations values ('{reader.Name}', '{Organization}');
            insert into hera.login_principals select '{plain.Name}', user_entity_id from hera.identities where auth_uid = 'walker';
            grant execute on function hera_outbox_publish_v1 to "{plain.Name}"
            """);
        await WalkAsync(database, reader, "20_reader");
        var principal = await database.ScalarAsync<Guid>("select user_entity_id from hera.identities where auth_uid = 'walker'");
        await WalkAsync(database, plain, "30_plain", $"principal={principal}");
    }

    private static async Task WalkAsync(TestDatabase database, TestLogin login, string name, params string[] variables)
    {
        var rows = await Psql.RunAsync(database, login.Name, SqlTestFiles.FullPath($"walk/{name}.psql"), SqlTestFiles.WithKey, variables);
        var expected = await File.ReadAllTextAsync(SqlTestFiles.FullPath($"walk/{name}.out"));
        Assert.That(string.Join('\n', rows.Select(row => string.Join('|', row))), Is.EqualTo(expected.TrimEnd()), name);
    }
}
