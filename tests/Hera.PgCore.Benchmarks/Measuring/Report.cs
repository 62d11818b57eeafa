using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Hera.PgCore.Benchmarks.Goals;
using Hera.PgCore.Benchmarks.Stage;

namespace Hera.PgCore.Benchmarks.Measuring;

/// <summary>Prints each goal when it is measured and keeps all of them for the JSON file.</summary>
internal sealed class Report(TextWriter output, string serverVersion)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly List<object> _goals = [];

    public bool AllReached { get; private set; } = true;

    public async Task RunAsync(Goal goal, BenchStage stage)
    {
        var loadBefore = MachineLoad.Now();
        var watch = Stopwatch.StartNew();
        var outcome = await MeasureAsync(goal, stage);
        var seconds = watch.Elapsed.TotalSeconds;

        if (outcome.NotMeasured is { } reason)
            await output.WriteLineAsync($"goal {goal.Number}: not measured: {reason}");
        foreach (var figure in outcome.Figures)
            await output.WriteLineAsync(figure.Describe(goal.Number));
        await output.WriteLineAsync($"  {goal.Title}");
        foreach (var detail in outcome.Details)
            await output.WriteLineAsync($"  {detail.Name}: {detail.Samples.Format(detail.Format)} {detail.Unit}");
        foreach (var note in outcome.Notes)
            await output.WriteLineAsync($"  {note}");
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"  took {seconds:0} s, load average {loadBefore} before, {MachineLoad.Now()} after\n"));

        AllReached &= outcome.NotMeasured is null && outcome.Figures.TrueForAll(figure => figure.Reached);
        _goals.Add(Describe(goal, outcome, seconds));
    }

    public async Task WriteJsonAsync(string file)
    {
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(
            stream,
            new
            {
                at = DateTimeOffset.UtcNow,
                processors = Environment.ProcessorCount,
                runtime = Environment.Version.ToString(),
                postgres = serverVersion,
                goals = _goals,
            },
            Indented);
    }

    /// <summary>A goal that cannot be measured must not take the others with it.</summary>
    private static async Task<Outcome> MeasureAsync(Goal goal, BenchStage stage)
    {
        try
        {
            return await goal.MeasureAsync(stage);
        }
        catch (Exception exception)
        {
            return new Outcome { NotMeasured = exception.Message };
        }
    }

    private static object Describe(Goal goal, Outcome outcome, double seconds) => new
    {
        goal = goal.Number,
        title = goal.Title,
        not_measured = outcome.NotMeasured,
        seconds,
        figures = outcome.Figures.Select(figure => new
        {
            part = figure.Part,
            value = figure.Value,
            wants = figure.Wants == Wants.AtLeast ? ">=" : "<=",
            bound = figure.Bound,
            reached = figure.Reached,
        }),
        details = outcome.Details.Select(detail => new { name = detail.Name, unit = detail.Unit, median = detail.Samples.Median, rounds = detail.Samples.Values }),
        notes = outcome.Notes,
    };
}
