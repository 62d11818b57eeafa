using System.Buffers;

namespace Hera.PgCore.Host.Http;

/// <summary>
/// The id of a request (rid): the caller's X-Request-Id where it is a plain token, else a new one. It stands in the answer,
/// in the header X-Request-Id and, with the trace id, on every log line of the request.
/// </summary>
internal static class RequestId
{
    private const int MaxLength = 64;

    private const string Header = "X-Request-Id";

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.");

    public static string Of(HttpContext http) => http.TraceIdentifier;

    public static async Task AssignAsync(HttpContext http, RequestDelegate next, ILogger log)
    {
        var given = http.Request.Headers[Header].ToString();
        var isPlain = given.Length is > 0 and <= MaxLength && !given.AsSpan().ContainsAnyExcept(Plain);
        http.TraceIdentifier = isPlain ? given : Guid.CreateVersion7().ToString("N");
        http.Response.Headers[Header] = http.TraceIdentifier;
        using (log.BeginScope(new Dictionary<string, object> { ["rid"] = http.TraceIdentifier }))
            await next(http);
    }
}
