using System.Text;
using System.Text.Json;
using Hera.PgCore.Host.Http;
using Hera.PgCore.Host.Observability;
using Hera.PgCore.Host.Options;
using Hera.PgCore.Host.Outbox;
using Hera.PgCore.Rpc;
using Microsoft.AspNetCore.Http.Features;

namespace Hera.PgCore.Host.Endpoints;

/// <summary>
/// Providers' callbacks. The request goes to the database as it came, and what the database says goes back: it judges the signature,
/// which stands for a token here.
/// </summary>
internal sealed class InboundEndpoints(HeraDatabase database, RuntimeOptions options, OutboxWakeup wakeup, ILogger<InboundEndpoints> log)
{
    /// <summary>The error of a request whose signature is missing or wrong.</summary>
    public const string BadSignature = "invalid_signature";

    private const string Path = "/integrations/inbound/{connector}";

    /// <summary>What is no id is answered as an id that is not there.</summary>
    private static readonly Guid Nobodys = Guid.AllBitsSet;

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapMethods(Path, Methods, (HttpContext http, string connector, InboundEndpoints inbound) => inbound.TakeAsync(http, connector, null)).DisableRateLimiting();
        api.MapMethods(
            Path + "/{installation}",
            Methods,
            (HttpContext http, string connector, string installation, InboundEndpoints inbound) =>
                inbound.TakeAsync(http, connector, Guid.TryParseExact(installation, "D", out var id) ? id : Nobodys)).DisableRateLimiting();
    }

    private async Task TakeAsync(HttpContext http, string connector, Guid? installation)
    {
        using var body = await RequestBody.ReadBytesAsync(http, ApiRoutes.MaxInboundBody);
        RpcArgument[] arguments =
        [
            RpcArgument.Text("p_method", http.Request.Method),
            RpcArgument.Text("p_uri", AddressOf(http)),
            RpcArgument.Json("p_headers", HeadersOf(http.Request)),
            RpcArgument.Bytes("p_body", body.Bytes),
            RpcArgument.Text("p_connector_code", connector.Replace("\0", "", StringComparison.Ordinal)),
            RpcArgument.Uuid("p_installation_id", installation),
        ];
        using var answer = JsonDocument.Parse(await database.CallAsync("hera_integration_inbound_v1", arguments, http.RequestAborted));
        Note(answer.RootElement.GetProperty("log"));
        await WriteAsync(http, answer.RootElement);
    }

    /// <summary>The whole address as the provider sees it, undecoded: some sign it.</summary>
    private string AddressOf(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var origin = options.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? $"{http.Request.Scheme}://{http.Request.Host}";
        return target.StartsWith('/') ? origin + target : target;
    }

    private static byte[] HeadersOf(HttpRequest request)
    {
        var headers = new Dictionary<string, string>();
        foreach (var (name, values) in request.Headers)
            headers[name.ToLowerInvariant()] = string.Join(", ", (IEnumerable<string?>)values).Replace("\0", "", StringComparison.Ordinal);
        DeliveryTrace.Keep(headers);
        return JsonSerializer.SerializeToUtf8Bytes(headers);
    }

    private void Note(JsonElement entry)
    {
        string? Text(string name) => entry.TryGetProperty(name, out var value) ? value.ToString() : null;
        InboundMetrics.Count(Text("connector"), Text("outcome"));
        log.LogInformation(
            "Inbound {Connector}: {Outcome} {Request}, {Accepted} accepted, {Duplicates} duplicates, {Failed} failed {Reason}",
            Text("connector"), Text("outcome"), Text("request_id"), Text("accepted"), Text("duplicates"), Text("failed"), Text("reason"));
        if (entry.TryGetProperty("accepted", out var accepted) && accepted.GetInt32() > 0)
            wakeup.DeliveriesAreDue();
    }

    private static async Task WriteAsync(HttpContext http, JsonElement answer)
    {
        var status = answer.GetProperty("status").GetInt32();
        if (answer.TryGetProperty("error", out var error))
        {
            await Problem.WriteAsync(http, new RpcError(status, error.GetProperty("code").GetString()!, error.GetProperty("message").GetString()!));
            return;
        }

        http.Response.StatusCode = status;
        foreach (var header in answer.GetProperty("headers").EnumerateObject())
            http.Response.Headers[header.Name] = header.Value.GetString();
        var bytes = Encoding.UTF8.GetBytes(answer.GetProperty("body").GetString() ?? "");
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
