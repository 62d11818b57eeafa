using System.Security.Cryptography;
using System.Text;

namespace Hera.PgCore.Rpc;

/// <summary>What the database seals for this host, as <c>hera_internal.seal_for_sender</c> tells.</summary>
internal static class SenderEnvelope
{
    private const int VectorBytes = 16;

    /// <summary>The key under which the database seals for this host; null without encryption keys.</summary>
    /// <param name="encryptionKeys">HERA_ENCRYPTION_KEY: base64, newest first, comma-separated.</param>
    public static byte[]? Key(string? encryptionKeys) =>
        encryptionKeys is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes("hera.sender." + encryptionKeys.Split(',')[0]));

    /// <summary>What tells the envelopes of one answer apart: their random initialization vector.</summary>
    public static Guid IdentityOf(ReadOnlySpan<byte> envelope) => new(envelope[..VectorBytes]);

    /// <summary>The UTF-8 bytes of what was sealed.</summary>
    public static byte[] Open(ReadOnlySpan<byte> envelope, byte[] key)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return aes.DecryptCbc(envelope[VectorBytes..], envelope[..VectorBytes]);
    }
}
