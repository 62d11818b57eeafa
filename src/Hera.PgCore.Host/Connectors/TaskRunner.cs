using Hera.PgCore.Host.Outbox;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Connectors;

/// <summary>
/// Sends what is due at providers by the clock and hands the answers back. Which requests these are and what an answer means is
/// the database's to say.
/// </summary>
internal sealed class TaskRunner(ConnectorRpc connectors, Sender sender, OutboxPipeline pipeline, PipelineOptions options, ILogger<TaskRunner> log)
{
    private const int Slots = 16;
    private const int LeaseSeconds = 120;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Works until <paramref name="stopping"/>, then ends what is under way.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var underway = new HashSet<Task>();
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                underway.RemoveWhere(task => task.IsCompleted);
                if (underway.Count == Slots)
                    await Task.WhenAny(underway);
                else if (await StartDueAsync(underway, stopping) == 0)
                    await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            await Task.WhenAll(underway);
        }
    }

    /// <summary>Does what is due, until nothing is.</summary>
    public async Task RunUntilEmptyAsync(CancellationToken stopping)
    {
        var underway = new HashSet<Task>();
        try
        {
            do
            {
                await Task.WhenAll(underway);
                underway.Clear();
            }
            while (!stopping.IsCancellationRequested && await StartDueAsync(underway, stopping) > 0);
        }
        finally
        {
            await Task.WhenAll(underway);
        }
    }

    private async Task<int> StartDueAsync(HashSet<Task> underway, CancellationToken stopping)
    {
        var tasks = await connectors.ClaimTasksAsync(options.Worker, Slots - underway.Count, LeaseSeconds, stopping);
        foreach (var task in tasks)
            underway.Add(Task.Run(() => DoAsync(task), CancellationToken.None));
        return tasks.Count;
    }

    private async Task DoAsync(ConnectorTask task)
    {
        try
        {
            using var slot = new SendSlot();
            var answer = await sender.SendAsync(task.Request, task.TimeoutMs, slot);
            var outcome = await connectors.FinishTaskAsync(task, answer.StatusCode, answer.Headers, answer.Body, answer.Error);
            log.LogInformation("Connector task {Task} ({Kind}) {Outcome}: {Status}", task.TaskId, task.Kind, outcome, answer.StatusCode?.ToString() ?? answer.Error);
            // A poll and the end of an authorization make events.
            pipeline.Wake();
        }
        catch (Exception exception)
        {
            log.LogWarning("The answer to connector task {Task} ({Kind}) could not be reported: {Error}", task.TaskId, task.Kind, ErrorMapper.Map(exception).Code);
        }
    }
}
