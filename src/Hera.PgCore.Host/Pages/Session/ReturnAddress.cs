namespace Hera.PgCore.Host.Pages.Session;

/// <summary>Where a sign-in leads.</summary>
internal static class ReturnAddress
{
    /// <summary>Only a page of this host, so that a link to the sign-in cannot lead elsewhere. Browsers drop tabs and line ends out of an address.</summary>
    public static string Of(string? wanted) => wanted is ['/', not ('/' or '\\'), ..] && !wanted.Any(char.IsControl) ? wanted : "/settings/integrations";
}
