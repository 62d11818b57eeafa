using System.Security.Cryptography;
using System.Text;

namespace Hera.PgCore.Rpc;

/// <summary>Tells when the database has changed whom a subject means or where it belongs.</summary>
public sealed class IdentityChannel(HeraDatabase database)
{
    private const string Everybody = "*";

    /// <summary>How the database names a subject in its notifications: hashed, since anybody may listen.</summary>
    /// <param name="subject"><c>sub:</c> and the subject of a token, or <c>key:</c> and the hash of an API key.</param>
    public static string NameOf(string subject) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)));

    /// <summary>
    /// Hands over the name of each changed subject, until cancelled or the connection is lost; null means all of them, as it does when
    /// listening has begun and nobody knows what was missed.
    /// </summary>
    /// <exception cref="Npgsql.NpgsqlException">The connection is lost.</exception>
    public Task ListenAsync(Func<string?, Task> changed, CancellationToken cancellation) =>
        database.ListenAsync("hera_identity", payload => changed(payload == Everybody ? null : payload), cancellation);
}
