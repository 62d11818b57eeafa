using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Outbox;

/// <summary>
/// The two signatures of a delivery. Standard Webhooks 1.0.0: <c>v1,</c> and base64 of HMAC-SHA256 over <c>id.timestamp.body</c>, one for
/// each valid secret, space-separated; the key is what follows <c>whsec_</c>, decoded, or the UTF-8 bytes of a secret of the owner's own.
/// X-HERA-SIGNATURE: <c>sha256=</c> and hex HMAC-SHA256 of the body, keyed by the UTF-8 bytes of the newest secret exactly as it is shown.
/// </summary>
internal static class RequestSigner
{
    private const string Prefix = "whsec_";

    // Credentials are one object for all deliveries of a webhook in a claim.
    private static readonly ConditionalWeakTable<WebhookCredentials, Keys> KnownKeys = [];

    /// <summary>Values for <c>webhook-signature</c> and <c>X-HERA-SIGNATURE</c>.</summary>
    /// <param name="delivery">Id, body and credentials.</param>
    /// <param name="timestamp">Seconds since 1970, as the header <c>webhook-timestamp</c> says them.</param>
    public static (string Standard, string Hera) Sign(ClaimedDelivery delivery, string timestamp)
    {
        var keys = KnownKeys.GetValue(delivery.Credentials, static credentials => new Keys(credentials));
        return (StandardSignature(keys.Standard, delivery, timestamp), "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(keys.Hera, delivery.Body)));
    }

    private static string StandardSignature(byte[][] keys, ClaimedDelivery delivery, string timestamp)
    {
        const int GuidLength = 36;
        var length = GuidLength + 1 + timestamp.Length + 1 + delivery.Body.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Utf8Formatter.TryFormat(delivery.DeliveryId, buffer, out var at);
            buffer[at++] = (byte)'.';
            at += Encoding.ASCII.GetBytes(timestamp, buffer.AsSpan(at));
            buffer[at++] = (byte)'.';
            delivery.Body.CopyTo(buffer.AsSpan(at));
            var content = buffer.AsSpan(0, length);
            var signature = Version1(keys[0], content);
            for (var index = 1; index < keys.Length; index++)
                signature += " " + Version1(keys[index], content);
            return signature;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string Version1(byte[] key, ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, content, hash);
        return "v1," + Convert.ToBase64String(hash);
    }

    private sealed class Keys(WebhookCredentials credentials)
    {
        public byte[][] Standard { get; } = [.. credentials.Secrets.Select(KeyOf)];

        public byte[] Hera { get; } = Encoding.UTF8.GetBytes(credentials.Secrets[0]);

        private static byte[] KeyOf(string secret) =>
            secret.StartsWith(Prefix, StringComparison.Ordinal) ? Convert.FromBase64String(secret[Prefix.Length..]) : Encoding.UTF8.GetBytes(secret);
    }
}
