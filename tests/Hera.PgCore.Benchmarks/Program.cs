using Hera.PgCore.Benchmarks;
using Hera.PgCore.Benchmarks.Goals;
using Hera.PgCore.Benchmarks.Measuring;
using Hera.PgCore.Benchmarks.Stage;

if (args is [Receiver.Command])
    return await Receiver.ServeAsync();

try
{
    var options = BenchmarkOptions.Parse(args);
    await using var stage = await BenchStage.StartAsync(options);
    var report = new Report(Console.Out, stage.ServerVersion);
    foreach (var goal in GoalList.All.Where(goal => options.Goals.Count == 0 || options.Goals.Contains(goal.Number)))
        await report.RunAsync(goal, stage);
    if (options.JsonFile is { } file)
        await report.WriteJsonAsync(file);
    return report.AllReached ? 0 : 2;
}
catch (ArgumentException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
