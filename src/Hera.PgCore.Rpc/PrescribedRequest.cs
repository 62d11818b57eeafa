using System.Text.Json;

namespace Hera.PgCore.Rpc;

/// <summary>A request to a provider as the database prescribes it: to be sent as it is. Holds secrets, the URL too; never to be logged.</summary>
/// <param name="Method">Of HTTP.</param>
/// <param name="Url">With its query.</param>
/// <param name="Headers">All that are to be sent, by name.</param>
/// <param name="Body">To be sent as UTF-8, or null.</param>
public sealed record PrescribedRequest(string Method, string Url, IReadOnlyDictionary<string, string> Headers, string? Body)
{
    /// <summary>Without the values: a record would print them.</summary>
    public override string ToString() => $"{Method}, {Headers.Count} headers";

    /// <summary>Opens what <c>hera_internal.seal_for_sender</c> sealed.</summary>
    internal static PrescribedRequest Open(ReadOnlySpan<byte> envelope, byte[] key)
    {
        using var document = JsonDocument.Parse(SenderEnvelope.Open(envelope, key));
        return Read(document.RootElement);
    }

    internal static PrescribedRequest Read(JsonElement opened) => new(
        opened.GetProperty("method").GetString()!,
        opened.GetProperty("url").GetString()!,
        opened.GetProperty("headers").EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString()!),
        opened.GetProperty("body").GetString());
}
