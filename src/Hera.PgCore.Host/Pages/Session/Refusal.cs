using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Hera.PgCore.Host.Pages.Session;

/// <summary>Carries a sentence to the sign-in in its address; sealed, so that no link can put others there.</summary>
internal sealed class Refusal(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("sign-in refusal").ToTimeLimitedDataProtector();

    /// <summary>The sign-in's address with a sentence on it.</summary>
    public string Address(string sentence, string? returnAddress) =>
        $"/sign-in?refusal={_protector.Protect(sentence, Lifetime)}&return={Uri.EscapeDataString(ReturnAddress.Of(returnAddress))}";

    /// <summary>The sentence that <see cref="Address"/> put there of late; null for anything else.</summary>
    public string? Read(string? given)
    {
        try
        {
            return string.IsNullOrEmpty(given) ? null : _protector.Unprotect(given);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
