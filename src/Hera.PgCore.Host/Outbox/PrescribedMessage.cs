using System.Collections.Frozen;
using System.Text;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Outbox;

/// <summary>Makes the message of a request that the database prescribes: nothing is added and nothing decided here.</summary>
internal static class PrescribedMessage
{
    private static readonly FrozenSet<string> Methods = new[] { "GET", "POST", "PUT", "PATCH", "DELETE" }.ToFrozenSet(StringComparer.Ordinal);

    /// <exception cref="SendFault">The request may not be sent.</exception>
    public static HttpRequestMessage Build(PrescribedRequest request, bool allowHttp)
    {
        if (!Methods.Contains(request.Method))
            throw new SendFault(FaultCodes.BadRequest);
        var message = new HttpRequestMessage(new HttpMethod(request.Method), CheckedUrl(request.Url, allowHttp));
        if (request.Body is { } body)
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in request.Headers)
        {
            if (!HeaderRules.IsName(name) || !HeaderRules.IsValue(value))
                throw new SendFault(FaultCodes.BadRequest);
            if (!message.Headers.TryAddWithoutValidation(name, value) && message.Content?.Headers.TryAddWithoutValidation(name, value) is not true)
                throw new SendFault(FaultCodes.BadRequest);
        }

        return message;
    }

    /// <summary>What the sender connects to: https, or http where the database allows it, without user info.</summary>
    /// <exception cref="SendFault">It is not.</exception>
    public static Uri Checked(Uri? url, bool allowHttp)
    {
        if (url is null || url.UserInfo.Length > 0 || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
            throw new SendFault(FaultCodes.BadRequest);
        return url.Scheme == Uri.UriSchemeHttp && !allowHttp ? throw new SendFault(FaultCodes.BlockedAddress) : url;
    }

    private static Uri CheckedUrl(string text, bool allowHttp) =>
        Checked(Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : null, allowHttp);
}
