using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hera.PgCore.Host.Development;

/// <summary>
/// A receiver as a customer would write one: it checks the signature before anything else, and keeps the last requests
/// for a person to look at.
/// </summary>
internal sealed class DemoReceiver(string secret)
{
    public const string Path = "/demo/receiver";

    private const int Kept = 100;
    private const int ToleranceSeconds = 300;

    private static readonly JsonSerializerOptions Readable = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    private readonly Lock _gate = new();
    private readonly Queue<Received> _received = [];

    public string Secret { get; } = secret;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, (Delegate)ReceiveAsync);
        routes.MapGet(Path, () =>
        {
            lock (_gate)
                return Results.Json(_received.Reverse().ToArray(), Readable);
        });
    }

    private async Task<IResult> ReceiveAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        var body = buffer.ToArray();
        var headers = http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
        var valid = HasStandardSignature(headers, body) && HasHeraSignature(headers, body);
        lock (_gate)
        {
            _received.Enqueue(new Received(DateTimeOffset.UtcNow, valid, headers, Encoding.UTF8.GetString(body)));
            if (_received.Count > Kept)
                _received.Dequeue();
        }

        return valid ? Results.Ok() : Results.Unauthorized();
    }

    private bool HasStandardSignature(Dictionary<string, string> headers, byte[] body)
    {
        if (!headers.TryGetValue("webhook-id", out var id) || !headers.TryGetValue("webhook-timestamp", out var timestamp)
            || !headers.TryGetValue("webhook-signature", out var signatures) || !long.TryParse(timestamp, out var seconds)
            || Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds) > ToleranceSeconds)
        {
            return false;
        }

        var key = Convert.FromBase64String(Secret["whsec_".Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
        return signatures.Split(' ').Any(signature => AreEqual(signature, expected));
    }

    private bool HasHeraSignature(Dictionary<string, string> headers, byte[] body) =>
        headers.TryGetValue("X-HERA-SIGNATURE", out var signature)
        && AreEqual(signature, "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body)));

    private static bool AreEqual(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    private sealed record Received(DateTimeOffset ReceivedAt, bool SignatureValid, Dictionary<string, string> Headers, string Body);
}
