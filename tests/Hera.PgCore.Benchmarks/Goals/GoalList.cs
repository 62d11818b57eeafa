namespace Hera.PgCore.Benchmarks.Goals;

/// <summary>All goals, in the order they are measured.</summary>
internal static class GoalList
{
    public static readonly IReadOnlyList<Goal> All =
    [
        EndToEnd.Delivery,
        HeldSnapshot.Goal,
        EndToEnd.ClaimAndFinish,
        AttemptLog.Goal,
        WriteAheadLog.Goal,
        Ingest.Goal,
        StoredEvents.Goal,
        HttpIngest.Rate,
        HttpIngest.Delay,
        NoisyNeighbour.Goal,
        Retention.Goal,
        Monitoring.Goal,
        ProviderBatch.Goal,
        HubPages.Goal,
    ];
}
