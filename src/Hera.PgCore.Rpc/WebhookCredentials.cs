using System.Text.Json;

namespace Hera.PgCore.Rpc;

/// <summary>What signs a webhook's requests, and the headers that its owner asks for. Never to be logged.</summary>
/// <param name="Secrets">Every valid secret as it is shown, newest first.</param>
/// <param name="Headers">Custom headers by name.</param>
public sealed record WebhookCredentials(IReadOnlyList<string> Secrets, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Without the values: a record would print them.</summary>
    public override string ToString() => $"{Secrets.Count} secrets, {Headers.Count} headers";

    internal static WebhookCredentials Read(JsonElement opened) => new(
        opened.GetProperty("secrets").EnumerateArray().Select(secret => secret.GetString()!).ToArray(),
        opened.GetProperty("headers").EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString()!));
}
