using System.Text.Json;
using Hera.PgCore.Host.Http;
using Hera.PgCore.Host.Observability;
using Hera.PgCore.Host.Outbox;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Endpoints;

/// <summary>Events: take in one or many, list, read one.</summary>
internal static class EventEndpoints
{
    private const string KeyParameter = "p_idempotency_key";

    private static readonly string[] KeyHeaders = ["Idempotency-Key", "X-Idempotency-Key"];

    public static void Map(RouteGroupBuilder events)
    {
        events.MapPost("", AcceptAsync);
        events.MapPost("/batch", AcceptBatchAsync);
        events.MapGet("", ListAsync);
        events.MapGet("/{id}", GetAsync);
    }

    private static async Task AcceptAsync(HttpContext http, Gateway gateway, OutboxWakeup wakeup)
    {
        var answer = await gateway.CallAsync(http, "hera_integration_event_in_v1", (signature, body, arguments) =>
        {
            arguments = JsonArguments.Bind(signature, body, arguments);
            AddHeaderKey(http, arguments);
            return DeliveryTrace.Keep(arguments);
        });
        WakeFor(answer, wakeup);
    }

    private static async Task AcceptBatchAsync(HttpContext http, Gateway gateway, OutboxWakeup wakeup)
    {
        var answer = await gateway.CallAsync(http, "hera_integration_event_batch_v1", (signature, body, arguments) =>
        {
            // A bare array is the batch itself.
            if (body.Span.TrimStart(" \t\r\n"u8) is not [(byte)'[', ..])
                return DeliveryTrace.Keep(JsonArguments.Bind(signature, body, arguments));
            JsonArguments.Check(body.Span);
            arguments.Add(RpcArgument.Json("p_events", body));
            return DeliveryTrace.Keep(arguments);
        }, ApiRoutes.MaxBatchBody);
        WakeFor(answer, wakeup);
    }

    private static Task ListAsync(HttpContext http, Gateway gateway)
    {
        var filter = new Dictionary<string, string>();
        foreach (var (name, values) in http.Request.Query)
        {
            filter[name] = values.Count == 1
                ? values.ToString()
                : throw new RpcException(400, "invalid_argument", $"The query parameter \"{name}\" is given twice.");
        }

        return gateway.CallWithAsync(
            http, "hera_integration_event_list_v1", RpcArgument.Json("p_filter", JsonSerializer.SerializeToUtf8Bytes(filter)));
    }

    private static Task GetAsync(HttpContext http, string id, Gateway gateway) =>
        // An id that is none cannot be told from one that is nobody's.
        gateway.CallWithAsync(http, "hera_integration_event_get_v1", RpcArgument.Uuid("p_event_id", Guid.TryParse(id, out var uuid) ? uuid : Guid.Empty));

    private static void AddHeaderKey(HttpContext http, List<RpcArgument> arguments)
    {
        foreach (var header in KeyHeaders)
        {
            var values = http.Request.Headers[header];
            if (values.Count == 0)
                continue;
            var given = RpcArgument.Text(KeyParameter, values.ToString());
            var index = arguments.FindIndex(argument => argument.Name == KeyParameter);
            if (index < 0)
                arguments.Add(given);
            else if (!arguments[index].Equals(given))
                throw Contradiction(header);
        }
    }

    private static RpcException Contradiction(string header) =>
        new(400, "invalid_argument", $"The header {header} contradicts another idempotency key of the request.", "Send the key once.");

    private static void WakeFor(byte[] answer, OutboxWakeup wakeup)
    {
        if (HasDeliveries(answer))
            wakeup.DeliveriesAreDue();
    }

    /// <summary>Is a count of deliveries other than 0 in the answer? Within a JSON string the quotes would be escaped, so the bytes cannot deceive.</summary>
    private static bool HasDeliveries(ReadOnlySpan<byte> answer)
    {
        var name = "\"deliveries\": "u8;
        while (answer.IndexOf(name) is var found and >= 0)
        {
            answer = answer[(found + name.Length)..];
            if (answer is not [(byte)'0', ..])
                return true;
        }

        return false;
    }
}
