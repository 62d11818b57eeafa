namespace Hera.PgCore.Host.Outbox;

/// <summary>The sizes and paces of the delivery pipeline.</summary>
internal sealed record PipelineOptions
{
    /// <summary>Who claims, for leases: host, process and a random part, so that a restarted process is another worker.</summary>
    public string Worker { get; init; } = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}";

    /// <summary>Requests under way at once.</summary>
    public int Senders { get; init; } = 64;

    /// <summary>Requests under way at once to one receiver.</summary>
    public int SendersPerReceiver => Math.Max(1, Senders / 4);

    /// <summary>Deliveries of one claim.</summary>
    public int ClaimSize { get; init; } = 500;

    /// <summary>Deliveries that one receiver may keep waiting in memory.</summary>
    public int WaitingPerReceiver => 4 * ClaimSize;

    /// <summary>How long a claim is this worker's own.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long results of a lease that is not complete yet are gathered before they are reported.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Results of one report at most.</summary>
    public int ReportSize { get; init; } = 1000;

    /// <summary>How long running requests may take to end after a stop was asked for.</summary>
    public TimeSpan StopTime { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>What a pipeline has done since it was made.</summary>
/// <param name="Claimed">Deliveries leased.</param>
/// <param name="Delivered">Attempts that the receiver accepted.</param>
/// <param name="Failed">Attempts that will be repeated.</param>
/// <param name="Dlq">Deliveries given up.</param>
/// <param name="Lost">Reports whose lease was gone.</param>
internal readonly record struct PipelineCounts(long Claimed, long Delivered, long Failed, long Dlq, long Lost)
{
    public static PipelineCounts operator -(PipelineCounts left, PipelineCounts right) => new(
        left.Claimed - right.Claimed, left.Delivered - right.Delivered, left.Failed - right.Failed, left.Dlq - right.Dlq, left.Lost - right.Lost);
}
