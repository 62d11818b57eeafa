using System.Globalization;

namespace Hera.PgCore.Benchmarks.Measuring;

/// <summary>How a goal compares.</summary>
internal enum Wants
{
    AtLeast,
    AtMost,
}

/// <summary>One figure of a goal against its bound.</summary>
/// <param name="Part">Which one, where a goal has several; else null.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Wants">Which side of the bound is wanted.</param>
/// <param name="Bound">The bound.</param>
/// <param name="Format">.NET format of both numbers.</param>
internal sealed record Figure(string? Part, double Value, Wants Wants, double Bound, string Format = "0.00")
{
    public bool Reached => Wants == Wants.AtLeast ? Value >= Bound : Value <= Bound;

    public string Describe(int goal)
    {
        var value = Value.ToString(Format, CultureInfo.InvariantCulture);
        var bound = Bound.ToString(Format, CultureInfo.InvariantCulture);
        var sign = Wants == Wants.AtLeast ? ">=" : "<=";
        return $"goal {goal}{(Part is null ? "" : $" ({Part})")}: {value} wants {sign} {bound} {(Reached ? "reached" : "missed")}";
    }
}

/// <summary>A line below a goal: what it was compared with, and how much that varied.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Samples">A figure a round.</param>
/// <param name="Format">.NET format of the numbers.</param>
internal sealed record Detail(string Name, string Unit, Samples Samples, string Format = "0");

/// <summary>What measuring a goal gave.</summary>
internal sealed class Outcome
{
    public List<Figure> Figures { get; } = [];

    public List<Detail> Details { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>Why nothing was measured, or null.</summary>
    public string? NotMeasured { get; init; }
}
