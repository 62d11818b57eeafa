using System.Diagnostics.Metrics;

namespace Hera.PgCore.Host.Observability;

/// <summary>What became of providers' callbacks. Those without a valid signature are kept nowhere else than in this count.</summary>
internal static class InboundMetrics
{
    private static readonly Meter Meter = new(Monitoring.Name);

    private static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        "hera.inbound.requests",
        "{request}",
        "Providers' requests by connector and outcome: processed, failed (authentic, could not be mapped), ignored, refused (no valid signature), too_large, handshake, handshake_refused, unknown_connector.");

    /// <summary>Counts a request. The connector is one that there is: nobody makes a series by asking.</summary>
    public static void Count(string? connector, string? outcome) => Requests.Add(
        1, new KeyValuePair<string, object?>("connector", connector ?? "unknown"), new KeyValuePair<string, object?>("outcome", outcome));
}
