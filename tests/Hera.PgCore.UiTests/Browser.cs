using Microsoft.Playwright;
using NUnit.Framework;

namespace Hera.PgCore.UiTests;

/// <summary>The machine's own Chromium, one for the run.</summary>
internal static class Browser
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static readonly Lazy<Task<IBrowser>> Instance = new(StartAsync);
    private static readonly List<(string Test, IBrowserContext Context)> Opened = [];
    private static IPlaywright? _playwright;

    /// <summary>A page of a profile of its own. Those of earlier tests are closed: pages that nobody looks at any more would go on asking for news.</summary>
    /// <param name="options">What differs from a fresh profile, as its headers or its size.</param>
    /// <exception cref="IgnoreException">There is no browser; the message says how to install one.</exception>
    public static async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        var test = TestContext.CurrentContext.Test.ID;
        foreach (var opened in Opened.Where(opened => opened.Test != test).ToList())
        {
            await opened.Context.CloseAsync();
            Opened.Remove(opened);
        }

        var context = await (await Instance.Value).NewContextAsync(options ?? new BrowserNewContextOptions());
        Opened.Add((test, context));
        return await context.NewPageAsync();
    }

    public static async Task StopAsync()
    {
        if (Instance.IsValueCreated && Instance.Value.IsCompletedSuccessfully)
            await (await Instance.Value).CloseAsync();
        _playwright?.Dispose();
    }

    private static async Task<IBrowser> StartAsync()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var program = Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new IgnoreException("This test needs a browser: apt-get install chromium");
        _playwright = await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = Arguments });
    }
}
