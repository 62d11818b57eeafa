using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Hera.PgCore.Host.Pages.Session;

/// <summary>
/// Protects cookies and form tokens with keys derived from HERA_ENCRYPTION_KEY: every host that has it reads what another wrote, and
/// nothing is kept in files. Older keys still open while they are listed. AES-256-GCM, one key a purpose by HKDF-SHA256.
/// </summary>
/// <param name="encryptionKeys">Comma-separated, newest first; null makes a key of this process alone.</param>
internal sealed class KeyedProtection(string? encryptionKeys) : IDataProtectionProvider
{
    private readonly byte[][] _keys = encryptionKeys?.Split(',').Select(Encoding.UTF8.GetBytes).ToArray() ?? [RandomNumberGenerator.GetBytes(32)];

    public IDataProtector CreateProtector(string purpose) => new Protector(_keys, purpose);

    private sealed class Protector(byte[][] keys, string purpose) : IDataProtector
    {
        private const int NonceBytes = 12;
        private const int TagBytes = 16;

        private readonly byte[][] _derived = [.. keys.Select(key => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: Encoding.UTF8.GetBytes("hera.pages." + purpose)))];

        public IDataProtector CreateProtector(string purpose1) => new Protector(keys, purpose + '\n' + purpose1);

        public byte[] Protect(byte[] plaintext)
        {
            var sealedData = new byte[NonceBytes + TagBytes + plaintext.Length];
            var nonce = sealedData.AsSpan(0, NonceBytes);
            RandomNumberGenerator.Fill(nonce);
            using var aes = new AesGcm(_derived[0], TagBytes);
            aes.Encrypt(nonce, plaintext, sealedData.AsSpan(NonceBytes + TagBytes), sealedData.AsSpan(NonceBytes, TagBytes));
            return sealedData;
        }

        public byte[] Unprotect(byte[] protectedData)
        {
            if (protectedData.Length < NonceBytes + TagBytes)
                throw new CryptographicException("Too short.");
            var plaintext = new byte[protectedData.Length - NonceBytes - TagBytes];
            foreach (var key in _derived)
            {
                try
                {
                    using var aes = new AesGcm(key, TagBytes);
                    aes.Decrypt(protectedData.AsSpan(0, NonceBytes), protectedData.AsSpan(NonceBytes + TagBytes), protectedData.AsSpan(NonceBytes, TagBytes), plaintext);
                    return plaintext;
                }
                catch (AuthenticationTagMismatchException)
                {
                    // Another key may have sealed it.
                }
            }

            throw new CryptographicException("Sealed with a key that is not here, or altered.");
        }
    }
}
