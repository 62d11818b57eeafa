using System.Globalization;

namespace Hera.PgCore.Benchmarks.Measuring;

/// <summary>The figures of several rounds of one measurement.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];

    public IReadOnlyList<double> Values => _values;

    public double Median => Percentile(0.5);

    public void Add(double value) => _values.Add(value);

    public double Percentile(double part)
    {
        var sorted = _values.Order().ToArray();
        var at = part * (sorted.Length - 1);
        var below = (int)at;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (at - below));
    }

    /// <summary>Round by round, this over that: noise that lasts longer than a round cancels out.</summary>
    public Samples Over(Samples limit)
    {
        var ratios = new Samples();
        foreach (var (value, below) in _values.Zip(limit._values))
            ratios.Add(value / below);
        return ratios;
    }

    /// <summary>Median, and the lowest and highest figure in brackets.</summary>
    public string Format(string format) => string.Create(
        CultureInfo.InvariantCulture, $"{Median.ToString(format, CultureInfo.InvariantCulture)} ({_values.Min().ToString(format, CultureInfo.InvariantCulture)} to {_values.Max().ToString(format, CultureInfo.InvariantCulture)})");
}
