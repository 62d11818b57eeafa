using System.Collections.Frozen;
using System.Diagnostics;
using Hera.PgCore.Host.Outbox;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Observability;

/// <summary>
/// Carries the trace of the request that brought an event on to the event's webhooks: into the database with the event, and out
/// with each attempt. Nothing depends on a collector; with one, each attempt is a span of that trace.
/// </summary>
internal static class DeliveryTrace
{
    private const string Name = "traceparent";

    private static readonly ActivitySource Source = new(Monitoring.Name);

    // The functions whose options keep a trace with what they store.
    private static readonly FrozenSet<string> Keepers = ["hera_integration_event_in_v1", "hera_integration_event_batch_v1", "hera_connector_action_v1"];

    /// <summary>Has an event keep the trace of the current request, where its caller sent one or it is recorded.</summary>
    public static void Keep(RpcSignature signature, List<RpcArgument> arguments)
    {
        if (Keepers.Contains(signature.Name) && OfRequest() is { } trace)
            JsonArguments.AddOption(arguments, "p_options", Name, trace);
    }

    /// <summary>Names the trace of the current request among the headers that a provider sent; one that it sent itself counts as it came in.</summary>
    public static void Keep(Dictionary<string, string> headers)
    {
        headers.Remove(Name);
        if (OfRequest() is { } trace)
            headers[Name] = trace;
    }

    private static string? OfRequest() =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } request && (request.ParentId is not null || request.Recorded) ? id : null;

    /// <summary>Begins the span of an attempt; null where nobody listens. The address is told without path and query: receivers put keys there.</summary>
    public static Activity? Start(ClaimedDelivery delivery, Uri? url)
    {
        ActivityContext.TryParse(delivery.Traceparent, null, isRemote: true, out var parent);
        var activity = Source.StartActivity(delivery.Request is null ? "deliver webhook" : "call provider", ActivityKind.Client, parent);
        if (activity is not { IsAllDataRequested: true })
            return activity;
        return activity.SetTag("http.request.method", delivery.Request?.Method ?? "POST")
            .SetTag("server.address", url?.Host)
            .SetTag("hera.delivery.id", delivery.DeliveryId)
            .SetTag("hera.delivery.attempt", delivery.Attempt);
    }

    /// <summary>Names the trace to the receiver; the header is none that a webhook may set itself.</summary>
    public static void Write(HttpRequestMessage request, ClaimedDelivery delivery, Activity? activity)
    {
        if ((activity?.Id ?? delivery.Traceparent) is { } trace && HeaderRules.IsValue(trace))
            request.Headers.TryAddWithoutValidation(Name, trace);
    }

    /// <summary>Notes how the attempt ended.</summary>
    public static DeliveryResult End(this Activity? activity, DeliveryResult result)
    {
        if (activity is not { IsAllDataRequested: true })
            return result;
        activity.SetTag("http.response.status_code", result.StatusCode);
        if (result.StatusCode is >= 200 and < 300)
            return result;
        activity.SetTag("error.type", result.Error ?? "status");
        activity.SetStatus(ActivityStatusCode.Error);
        return result;
    }
}
