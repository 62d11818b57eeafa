using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests;

/// <summary>Stops the server of the run when all tests are through. Its namespace makes it hold for all of them.</summary>
[SetUpFixture]
public sealed class TestServerShutdown
{
    [OneTimeTearDown]
    public Task StopAsync() => TestServer.StopAsync();
}
