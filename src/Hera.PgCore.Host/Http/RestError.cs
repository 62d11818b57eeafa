using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Http;

/// <summary>Errors below <c>/rest/v1</c>, in the form that clients of PostgREST read: <c>{code, message, details, hint}</c>.</summary>
internal static class RestError
{
    public const string ContentType = "application/json; charset=utf-8";

    public const string UnknownFunction = "PGRST202";
    public const string UnknownSchema = "PGRST106";
    public const string UnknownMediaType = "PGRST107";
    public const string UnknownFilter = "PGRST100";

    private const string BadMethod = "PGRST101";
    private const string BadBody = "PGRST102";
    private const string BadToken = "PGRST301";
    private const string NoToken = "PGRST302";

    public static bool IsAddressed(HttpContext http) => http.Request.Path.StartsWithSegments("/rest/v1", StringComparison.Ordinal);

    public static Dictionary<string, string?> BodyOf(HttpContext http, RpcError error)
    {
        var code = CodeOf(http, error);
        return new()
        {
            ["code"] = code,
            ["message"] = error.Message,
            // A machine code of ours stands where PostgREST puts the DETAIL of a raised error.
            ["details"] = code == error.Code ? null : error.Code,
            ["hint"] = error.Hint,
        };
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
