using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Hera.PgCore.Rpc;

/// <summary>What signs a webhook's requests, and the headers that its owner asks for. Never to be logged.</summary>
/// <param name="Secrets">Every valid secret as it is shown, newest first.</param>
/// <param name="Headers">Custom headers by name.</param>
public sealed record WebhookCredentials(IReadOnlyList<string> Secrets, IReadOnlyDictionary<string, string> Headers)
{
    private const int VectorBytes = 16;

    /// <summary>Without the values: a record would print them.</summary>
    public override string ToString() => $"{Secrets.Count} secrets, {Headers.Count} headers";

    /// <summary>The key under which the database seals for this host, as <c>hera_internal.seal_for_sender</c> tells; null without encryption keys.</summary>
    /// <param name="encryptionKeys">HERA_ENCRYPTION_KEY: base64, newest first, comma-separated.</param>
    internal static byte[]? SenderKey(string? encryptionKeys) =>
        encryptionKeys is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes("hera.sender." + encryptionKeys.Split(',')[0]));

    /// <summary>What tells the credentials of two webhooks of one claim apart: their random initialization vector.</summary>
    internal static Guid IdentityOf(ReadOnlySpan<byte> envelope) => new(envelope[..VectorBytes]);

    /// <summary>Opens what <c>hera_internal.seal_for_sender</c> sealed.</summary>
    internal static WebhookCredentials Open(ReadOnlySpan<byte> envelope, byte[] key)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        using var document = JsonDocument.Parse(aes.DecryptCbc(envelope[VectorBytes..], envelope[..VectorBytes]));
        return new WebhookCredentials(
            document.RootElement.GetProperty("secrets").EnumerateArray().Select(secret => secret.GetString()!).ToArray(),
            document.RootElement.GetProperty("headers").EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString()!));
    }
}
