using Hera.PgCore.Host.Http;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Pages.Session;

/// <summary>Whether somebody whose token is valid gets to the pages, however they signed in.</summary>
internal sealed class Admission(IdentityResolver identities)
{
    /// <summary>The sentence that says why not, or null.</summary>
    /// <param name="subject">The claim <c>sub</c> of the token.</param>
    /// <param name="aborted">Ends the question.</param>
    /// <exception cref="RpcException">The database could not be asked.</exception>
    public async Task<string?> RefusalAsync(string subject, CancellationToken aborted)
    {
        try
        {
            var identity = await identities.OfSubjectAsync(subject, aborted);
            return identity.Memberships.Any(membership => membership.IsActive)
                ? null
                : "You are a member of no organization. Ask an organization admin to grant you a membership.";
        }
        catch (RpcException exception) when (exception.Error.Status == StatusCodes.Status401Unauthorized)
        {
            return $"Nobody here is known as {subject}. Ask an organization admin to grant you a membership.";
        }
    }
}
