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

    public async Task<DeliveryResult> SendAsync(
        string url, int timeoutMs = 5000, IReadOnlyDictionary<string, string>? headers = null, string body = "{}", string topic = "shop.order.paid")
    {
        using var slot = new SendSlot();
        var delivery = Delivery(url) with
        {
            Body = Encoding.UTF8.GetBytes(body),
            Credentials = new WebhookCredentials(["a-secret"], headers ?? new Dictionary<string, string>()),
            TimeoutMs = timeoutMs,
            Topic = topic,
        };
        return await _sender.SendAsync(delivery, Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri : null, slot);
    }

    public static ClaimedDelivery Delivery(string url) => new()
    {
        LeaseId = 1,
        DeliveryId = Guid.NewGuid(),
        OrganizationId = Guid.NewGuid(),
        Attempt = 1,
        Url = url,
        Topic = "shop.order.paid",
        SmartCode = "HERA.SHOP.ORDER.PAID.v1",
        Body = "{}"u8.ToArray(),
        Credentials = new WebhookCredentials(["a-secret"], new Dictionary<string, string>()),
        TimeoutMs = 1000,
        ClaimedAt = DateTime.UtcNow,
    };

    public void Dispose() => _sender.Dispose();
}
