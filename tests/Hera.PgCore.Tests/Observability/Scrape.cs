using System.Globalization;
using System.Text.RegularExpressions;

namespace Hera.PgCore.Tests.Observability;

/// <summary>One answer of /metrics.</summary>
internal sealed partial class Scrape(string text)
{
    private readonly List<(string Name, string Labels, double Value)> _samples = Sample().Matches(text)
        .Select(match => (match.Groups[1].Value, match.Groups[2].Value, double.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture)))
        .ToList();

    public string Text => text;

    public IEnumerable<string> Names => _samples.Select(sample => sample.Name).Distinct();

    /// <summary>The sum over the samples of a name whose labels contain each of the given ones; null where there is none.</summary>
    public double? Value(string name, params string[] labels)
    {
        var found = _samples.Where(sample => sample.Name == name && labels.All(label => sample.Labels.Contains(label, StringComparison.Ordinal))).ToList();
        return found.Count == 0 ? null : found.Sum(sample => sample.Value);
    }

    [GeneratedRegex(@"^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{[^\n]*\})? ([0-9.eE+-]+|NaN)", RegexOptions.Multiline)]
    private static partial Regex Sample();
}
