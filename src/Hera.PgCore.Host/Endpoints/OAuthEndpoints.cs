using System.Text.Json;
using Hera.PgCore.Host.Outbox;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Endpoints;

/// <summary>
/// Where providers send the browser of somebody who has authorized an installation. The state that it brings stands for a token here; the
/// host only sends the request that the database prescribes for it, and hands the answer back.
/// </summary>
internal sealed class OAuthEndpoints(ConnectorRpc connectors, Sender sender, SendingPolicy policy, OutboxWakeup wakeup)
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/integrations/oauth/callback", (HttpContext http, OAuthEndpoints oauth) => oauth.ReturnAsync(http));

    private async Task ReturnAsync(HttpContext http)
    {
        string? Given(string name) => http.Request.Query[name] is [{ Length: > 0 } value] ? value.Replace("\0", "", StringComparison.Ordinal) : null;
        http.Response.Headers.CacheControl = "no-store";
        // Code and state stand in this address, and belong to nobody else.
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        await policy.UntilKnownAsync(http.RequestAborted);

        // Once begun it is brought to its end, whether or not the browser waits for it: a code is good for one use.
        var step = await connectors.BeginOAuthAsync(Given("state"), Given("code"), Given("error"), Given("error_description"));
        await WriteAsync(http, step.Ticket is null ? step.Outcome : await ExchangeAsync(step));
    }

    private async Task<byte[]> ExchangeAsync(OAuthStep step)
    {
        using var slot = new SendSlot();
        var answer = await sender.SendAsync(step.Request!, step.TimeoutMs, slot);
        var outcome = await connectors.EndOAuthAsync(step.Ticket!, answer.StatusCode, answer.Headers, answer.Body, answer.Error);
        wakeup.DeliveriesAreDue();
        return outcome;
    }

    private static async Task WriteAsync(HttpContext http, byte[] outcome)
    {
        using var document = JsonDocument.Parse(outcome);
        if (document.RootElement.GetProperty("location").GetString() is { } location)
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = location;
            return;
        }

        http.Response.StatusCode = document.RootElement.GetProperty("success").GetBoolean() ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = outcome.Length;
        await http.Response.Body.WriteAsync(outcome, http.RequestAborted);
    }
}
