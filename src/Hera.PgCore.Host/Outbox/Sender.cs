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
        if (delivery.Request is { } prescribed)
            return activity.End(ResultOf(delivery, await SendAsync(prescribed, delivery.TimeoutMs, slot)));
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
            delivery.LeaseId, delivery.DeliveryId, status, MillisecondsSince(started), body, error, retryAfter));
    }

    /// <summary>Sends what the database prescribes, within <paramref name="timeoutMs"/>.</summary>
    public async Task<ProviderAnswer> SendAsync(PrescribedRequest prescribed, int timeoutMs, SendSlot slot)
    {
        var started = Stopwatch.GetTimestamp();
        var answered = false;
        try
        {
            using var request = PrescribedMessage.Build(prescribed, _connector.Policy.AllowHttp);
            var deadline = slot.StartDeadline(timeoutMs);
            using var response = await _client.SendAsync(request, deadline);
            answered = true;
            var body = await ReadBodyAsync(response, slot.ProviderBuffer, deadline);
            return new ProviderAnswer((int)response.StatusCode, ResponseText.Headers(response), body, null, RetryAfterOf(response), MillisecondsSince(started));
        }
        catch (Exception exception)
        {
            // Not the exception itself: its text may hold the URL, and that a secret.
            var code = CodeOf(exception, slot.IsOverdue, answered);
            _log.LogDebug("A request to a provider ended with {Code} ({Exception})", code, exception.GetType().Name);
            return new ProviderAnswer(null, null, null, code, null, MillisecondsSince(started));
        }
        finally
        {
            slot.EndDeadline();
        }
    }

    public void Dispose() => _client.Dispose();

    private static DeliveryResult ResultOf(ClaimedDelivery delivery, ProviderAnswer answer) => new(
        delivery.LeaseId, delivery.DeliveryId, answer.StatusCode, answer.DurationMs, answer.Body, answer.Error, answer.RetryAfterSeconds, answer.Headers);

    private static int MillisecondsSince(long started) => (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds;

    private HttpRequestMessage BuildRequest(ClaimedDelivery delivery, Uri? url, Activity? activity)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, PrescribedMessage.Checked(url, _connector.Policy.AllowHttp))
        {
            Content = new ByteArrayContent(delivery.Body),
        };
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
