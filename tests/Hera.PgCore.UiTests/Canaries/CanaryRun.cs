using NUnit.Framework;

namespace Hera.PgCore.UiTests.Canaries;

/// <summary>One platform full of canaries for all the tests that look for them.</summary>
[SetUpFixture]
internal sealed class CanaryRun
{
    public static CanaryScene Stage { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StoreAsync() => Stage = await CanaryScene.CreateAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await Stage.DisposeAsync();
}
