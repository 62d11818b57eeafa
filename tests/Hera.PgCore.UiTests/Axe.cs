using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Hera.PgCore.UiTests;

/// <summary>
/// The rules of axe-core, run in the page itself. The package for Playwright opens a second page for every run, to finish it where no
/// script of the first can meddle, and carries all results there and back; the pages here are our own and have no frames.
/// </summary>
internal static class Axe
{
    /// <summary>WCAG 2.2 AA and what axe-core recommends.</summary>
    public const string Everything = """{ type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }""";

    public const string Colours = """{ type: 'rule', values: ['color-contrast'] }""";

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Each broken rule with the elements that break it.</summary>
    public static async Task<string[]> ViolationsAsync(IPage page, string rules)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(Script);
        return await page.EvaluateAsync<string[]>($$"""
            async () => (await axe.run({ runOnly: {{rules}}, resultTypes: ['violations'] }))
              .violations.map((rule) => `${rule.id}: ${rule.help}: ${rule.nodes.map((node) => node.html).join('; ')}`)
            """);
    }
}
