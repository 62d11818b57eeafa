using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Hera.PgCore.Tests.Observability;

/// <summary>Finds which metrics the expressions of dashboards and rules read.</summary>
internal static partial class PromQl
{
    private static readonly HashSet<string> Keywords = ["by", "without", "on", "ignoring", "group_left", "group_right", "offset", "bool", "and", "or", "unless"];

    public static IEnumerable<string> OfDashboard(string json) => JsonNode.Parse(json)!["panels"]!.AsArray()
        .SelectMany(panel => panel!["targets"]?.AsArray() ?? [])
        .Select(target => target!["expr"]!.GetValue<string>());

    /// <summary>The values of <c>expr:</c>, on the line itself or folded over the following ones.</summary>
    public static IEnumerable<string> OfRules(string yaml) => Expression().Matches(yaml).Select(match => match.Groups[1].Value);

    public static IEnumerable<string> Metrics(IEnumerable<string> expressions) => expressions
        .Select(expression => Noise().Replace(expression, " "))
        .SelectMany(expression => Name().Matches(expression).Select(match => match.Value))
        .Where(name => !Keywords.Contains(name))
        .Distinct();

    [GeneratedRegex(@"^ +expr: >?(.*(?:\n {10,}.*)*)", RegexOptions.Multiline)]
    private static partial Regex Expression();

    // Label matchers, ranges, lists of labels and texts.
    [GeneratedRegex("""\{[^}]*\}|\[[^\]]*\]|"[^"]*"|\b(?:by|without|on|ignoring)\s*\([^)]*\)|\boffset\s+\w+""")]
    private static partial Regex Noise();

    // A name that is not called like a function.
    [GeneratedRegex(@"\b[a-zA-Z_:][a-zA-Z0-9_:]*\b(?!\s*\()")]
    private static partial Regex Name();
}
