using System.Net;
using System.Text;
using Hera.PgCore.Host.Outbox;
using Hera.PgCore.Rpc;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hera.PgCore.Tests.Outbox;

/// <summary>A sender without a database.</summary>
internal sealed class SenderBench : IDisposable
{
    public static readonly AddressPolicy LoopbackOnly = new(allowHttp: true, ["0.0.0.0/0", "::/0"], ["127.0.0.0/8"]);

    private readonly Sender _sender;

    public SenderBench(AddressPolicy? policy = null, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        var connector = resolve is null ? GuardedConnector.WithSystemResolver() : new GuardedConnector(resolve);
        connector.Policy = policy ?? LoopbackOnly;
        _sender = new Sender(connector, NullLogger.Instance);
    }

    public async Task<DeliveryResult> SendAsync(string url, int timeoutMs = 5000, string[]? headers = null, string body = "{}")
    {
        using var slot = new SendSlot();
        var delivery = new ClaimedDelivery(1, Guid.NewGuid(), url, headers ?? ["Content-Type", "application/json"], Encoding.UTF8.GetBytes(body), timeoutMs);
        return await _sender.SendAsync(delivery, Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri : null, slot);
    }

    public void Dispose() => _sender.Dispose();
}
