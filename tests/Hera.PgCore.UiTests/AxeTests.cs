using NUnit.Framework;

namespace Hera.PgCore.UiTests;

public sealed class AxeTests
{
    [Test]
    public async Task What_cannot_be_read_is_noticed()
    {
        var page = await Browser.OpenAsync();
        await page.SetContentAsync("""<main><h1>Title</h1><img src="chart.png"><p style="color: #ccc; background: #fff">Faint</p></main>""");

        var (all, colours) = (await Axe.ViolationsAsync(page, Axe.Everything), await Axe.ViolationsAsync(page, Axe.Colours));

        Assert.That(all, Has.Some.StartsWith("image-alt: ").And.Some.StartsWith("color-contrast: ").And.Some.StartsWith("document-title: "));
        Assert.That(colours, Has.Length.EqualTo(1).And.Some.Contains("Faint"));
    }
}
