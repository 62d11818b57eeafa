namespace Hera.PgCore.Host.Pages.Session;

/// <summary>The ways to sign in that this host offers.</summary>
/// <param name="Authority">The name of the host where people sign in, or null.</param>
/// <param name="TakesTokens">May a token be pasted? In development, and where there is no other way.</param>
internal sealed record SignInWays(string? Authority, bool TakesTokens);
