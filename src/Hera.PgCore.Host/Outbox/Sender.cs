using System.Diagnostics;
using System.Security.Authentication;
using Hera.PgCore.Host.Observability;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Outbox;

/// <summary>
/// Sends one claimed request and tells what came back. It follows no redirect, keeps no cookie, unpacks nothing, reads a
/// bounded part of the answer, and decides nothing: what counts as success is the database's matter.
/// </summary>
internal sealed class Sender : IDisposable
{
    private readonly GuardedConnector _connector;
    private readonly HttpMessageInvoker _client;
    private readonly TimeProvider _time;
    private readonly bool _signs;
    private readonly ILogger _log;

    public Sender(GuardedConnector connector, ILogger log, bool signs = true, TimeProvider? time = null)
    {
        _connector = connector;
        _log = log;
        _signs = signs;
        _time = time ?? TimeProvider.System;
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = connector.ConnectAsync,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = 32,
            MaxResponseDrainSize = 0,
            // Connections are renewed so that addresses are judged again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        });
    }

    /// <summary>Sends within the delivery's own time, which <paramref name="slot"/> measures from name resolution to the last byte read.</summary>
    public async Task<DeliveryResult> SendAsync(ClaimedDelivery delivery, Uri? url, SendSlot slot)
    {
        var started = Stopwatch.GetTimestamp();
        var answered = false;
        using var activity = DeliveryTrace.Start(delivery, url);
        try
        {
            using var request = BuildRequest(delivery, url, activity);
            var deadline = slot.StartDeadline(delivery.TimeoutMs);
            using var response = await _client.SendAsync(request, deadline);
            answered = true;
            var body = await ReadBodyAsync(response, slot.Buffer, deadline);
            var status = (int)response.StatusCode;
            return Result(status, body, null, status is >= 200 and < 300 ? null : RetryAfterOf(response));
        }
        catch (Exception exception)
        {
            var code = CodeOf(exception, slot.IsOverdue, answered);
            if (_log.IsEnabled(LogLevel.Debug))
                _log.LogDebug(exception, "Delivery {DeliveryId} ended with {Code}", delivery.DeliveryId, code);
            return Result(null, null, code, null);
        }
        finally
        {
            slot.EndDeadline();
        }

        DeliveryResult Result(int? status, string? body, string? error, int? retryAfter) => activity.End(new(
            delivery.LeaseId, delivery.DeliveryId, status, (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds, body, error, retryAfter));
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage BuildRequest(ClaimedDelivery delivery, Uri? url, Activity? activity)
    {
        if (url is null || url.UserInfo.Length > 0 || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
            throw new SendFault(FaultCodes.BadRequest);
        if (url.Scheme == Uri.UriSchemeHttp && !_connector.Policy.AllowHttp)
            throw new SendFault(FaultCodes.BlockedAddress);

        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(delivery.Body) };
        RequestHeaders.Write(request, delivery, _signs);
        DeliveryTrace.Write(request, delivery, activity);
        return request;
    }

    private static async ValueTask<string?> ReadBodyAsync(HttpResponseMessage response, byte[] buffer, CancellationToken deadline)
    {
        using var stream = await response.Content.ReadAsStreamAsync(deadline);
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), deadline);
            if (read == 0)
                break;
            length += read;
        }

        return ResponseText.From(buffer.AsSpan(0, length));
    }

    private int? RetryAfterOf(HttpResponseMessage response) => response.Headers.NonValidated.TryGetValues("Retry-After", out var values)
        ? RetryAfter.Parse(values.ToString(), _time.GetUtcNow())
        : null;

    private static string CodeOf(Exception exception, bool overdue, bool answered)
    {
        if (overdue)
            return answered ? FaultCodes.ResponseTooSlow : FaultCodes.Timeout;
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SendFault fault:
                    return fault.Code;
                case AuthenticationException:
                    return FaultCodes.TlsFailed;
                case TimeoutException or OperationCanceledException:
                    return FaultCodes.Timeout;
                case HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }:
                    return FaultCodes.TlsFailed;
                default:
                    break;
            }
        }

        return exception is HttpRequestException or IOException ? FaultCodes.Reset : FaultCodes.BadRequest;
    }
}
