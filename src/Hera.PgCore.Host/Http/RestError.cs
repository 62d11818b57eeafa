using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Http;

/// <summary>Errors below <c>/rest/v1</c>, in the form that clients of PostgREST read: <c>{code, message, details, hint}</c>.</summary>
internal static class RestError
{
    public const string UnknownFunction = "PGRST202";
    public const string UnknownSchema = "PGRST106";
    public const string UnknownMediaType = "PGRST107";
    public const string UnknownFilter = "PGRST100";

    private const string BadMethod = "PGRST101";
    private const string BadBody = "PGRST102";
    private const string BadToken = "PGRST301";
    private const string NoToken = "PGRST302";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool IsAddressed(HttpContext http) => http.Request.Path.StartsWithSegments("/rest/v1", StringComparison.Ordinal);

    public static async Task WriteAsync(HttpContext http, RpcError error)
    {
        var response = http.Response;
        response.StatusCode = error.Status;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        if (error.RetryAfterSeconds is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (error.Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";

        var code = CodeOf(http, error);
        var body = new Dictionary<string, string?>
        {
            ["code"] = code,
            ["message"] = error.Message,
            // A machine code of ours stands where PostgREST puts the DETAIL of a raised error.
            ["details"] = code == error.Code ? null : error.Code,
            ["hint"] = error.Hint,
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, Readable);
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    /// <summary>A code of PostgREST's own, else the SQLSTATE; a refusal of this host looks like one that the database raised.</summary>
    private static string CodeOf(HttpContext http, RpcError error) => error switch
    {
        { Code: var known } when known.StartsWith("PGRST", StringComparison.Ordinal) => known,
        { SqlState: { } state } => state,
        { Code: "invalid_token" } => http.Request.Headers.Authorization.Count == 0 ? NoToken : BadToken,
        { Code: "invalid_json" } => BadBody,
        { Status: 405 } => BadMethod,
        { Status: 415 } => UnknownMediaType,
        _ => $"PT{error.Status}",
    };
}
