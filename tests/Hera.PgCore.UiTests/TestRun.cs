using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.UiTests;

/// <summary>Ends the browser and the database server when all tests are through.</summary>
[SetUpFixture]
public sealed class TestRun
{
    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await Browser.StopAsync();
        await TestServer.StopAsync();
    }
}
