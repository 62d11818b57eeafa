using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace Hera.PgCore.Tests.Fuzz;

/// <summary>A route of the host: its pattern and the methods that it names.</summary>
internal sealed record FuzzRoute(string Pattern, IReadOnlyList<string> Methods);

/// <summary>A function of the database and its parameters, as properties of a body are called.</summary>
internal sealed record FuzzFunction(string Name, string[] Parameters);

/// <summary>Makes requests to given routes that are malformed in one or several ways, or just unusual.</summary>
/// <param name="routes">What the host serves.</param>
/// <param name="functions">What bodies are made for, and names for the route parameter of functions.</param>
/// <param name="tokens">Valid tokens.</param>
/// <param name="organizations">Ids of organizations, the tokens' own among them.</param>
internal sealed partial class FuzzRequests(FuzzRoute[] routes, FuzzFunction[] functions, string[] tokens, string[] organizations)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "get", "FOO", "PROPFIND"];

    private static readonly string[] ContentTypes =
    [
        "application/json", "application/json; charset=utf-8", "application/json;charset=utf-16", "application/json;;", "application/vnd.pgrst.object+json", "text/plain",
        "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "/", "application/json, text/plain", new string('a', 500),
    ];

    private static readonly string[] OddHeaders =
    [
        "Accept: */*", "Accept: application/xml", "Accept: application/vnd.pgrst.object+json", "Accept-Encoding: gzip, br;q=0.5, *;q=0", "Accept-Encoding: identity;q=0", "Prefer: params=single-object",
        "Content-Encoding: gzip", "Range: bytes=0-", "If-None-Match: *", "If-Modified-Since: nonsense", "Cookie: a=b; c", "Origin: null", "Origin: https://evil.example", "Access-Control-Request-Method: POST",
        "X-Forwarded-For: 127.0.0.1, ,,", "X-Forwarded-Proto: gopher", "X-Forwarded-Host: a b", "Forwarded: for=\"", "X-HTTP-Method-Override: DELETE", "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "traceparent: ff-00000000000000000000000000000000-0000000000000000-ff", "traceparent: x", "tracestate: =,=", "baggage: a=" + "%zz", "X-Request-Id: \u00e9", "X-Request-Id: a\tb", "Upgrade: websocket", "Sec-WebSocket-Key: x",
        "Accept-Language: " + "de-CH-1996, *;q=9", "Content-Profile: hera", "apikey: x", "X-Client-Info: supabase-js/2", "Idempotency-Key: k1", "Idempotency-Key: k2", "X-Idempotency-Key: k1", "Idempotency-Key: ", "Idempotency-Key: " + "\u00ff\u0080",
    ];

    // Requests that no server can be sure to have understood; whatever follows them on the wire is lost.
    private static readonly string[] Broken =
    [
        "\r\n\r\n", "GET\r\n\r\n", "GET /livez\r\n\r\n", "GET /livez HTTP/9.9\r\n\r\n", "GET /livez HTTP/1.1\r\n\r\n", "GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET  /livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /livez HTTP/1.1\nHost: a\n\n", "GET /livez HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n", "GET /livez HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", "GET /livez HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n", "GET http://[ HTTP/1.1\r\nHost: a\r\n\r\n", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", "GET /\u00ff\u00fe HTTP/1.1\r\nHost: a\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET /livez HTTP/1.0\r\n\r\n", "GET /livez HTTP/1.1\r\nHost: a", "\u0016\u0003\u0001\u0002\u0000\u0001",
        "POST /api/v2/integrations/events HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", "POST /api/v2/integrations/events HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST /api/v2/integrations/events HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n{", "POST /api/v2/integrations/events HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "POST /api/v2/integrations/events HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n", "POST /api/v2/integrations/events HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n{}",
        "POST /api/v2/integrations/events HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZ\r\n{}\r\n0\r\n\r\n", "POST /api/v2/integrations/events HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}",
    ];

    private readonly FuzzValues values = new();

    /// <summary>All of it.</summary>
    public Gen<FuzzRequest> All() => Gen.Frequency((12, Framed()), (2, CutShort()), (2, Damaged()), (1, Oversized()));

    private Gen<FuzzRequest> Framed() =>
        from route in Gen.Elements(routes)
        from method in Gen.Frequency((5, Gen.Elements(route.Methods.Count == 0 ? Methods : [.. route.Methods])), (1, Gen.Elements(Methods)))
        from function in Gen.Elements(functions)
        from path in Path(route.Pattern, function.Name)
        from headers in Headers()
        from body in method is "GET" or "HEAD" ? Gen.Frequency((9, Gen.Constant(Array.Empty<byte>())), (1, values.Body(function.Parameters))) : values.Body(function.Parameters)
        from chunked in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from type in Gen.Frequency((6, Gen.Constant(ContentTypes[0])), (1, Gen.Elements(ContentTypes)))
        select Assemble(method, path, headers, type, body, chunked);

    private static FuzzRequest Assemble(string method, string path, IEnumerable<string> headers, string type, byte[] body, bool chunked)
    {
        var head = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n");
        foreach (var header in headers)
            head.Append(header).Append("\r\n");
        if (body.Length > 0 || chunked)
            head.Append("Content-Type: ").Append(type).Append("\r\n");
        head.Append(chunked ? "Transfer-Encoding: chunked\r\n\r\n" : $"Content-Length: {body.Length}\r\n\r\n");
        return new FuzzRequest(head.ToString(), chunked ? Chunks(body) : body, IsFramed: true);
    }

    private static byte[] Chunks(byte[] body)
    {
        var text = new List<byte>();
        foreach (var chunk in body.Chunk(1000))
            text.AddRange([.. Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"), .. chunk, .. "\r\n"u8]);
        return [.. text, .. "0\r\n\r\n"u8];
    }

    /// <summary>The connection ends before the request does.</summary>
    private Gen<FuzzRequest> CutShort() =>
        from request in Framed()
        let bytes = request.ToBytes()
        from length in Gen.Choose(1, bytes.Length)
        select new FuzzRequest(Encoding.Latin1.GetString(bytes[..length]), [], IsFramed: false);

    /// <summary>Wrong in its head: one of the known ways, or any byte of it.</summary>
    private Gen<FuzzRequest> Damaged() => Gen.OneOf(
        Gen.Elements(Broken).Select(head => new FuzzRequest(head, [], IsFramed: false)),
        from request in Framed()
        from bytes in FuzzValues.Mutated(Encoding.Latin1.GetBytes(request.Head))
        select new FuzzRequest(Encoding.Latin1.GetString(bytes), request.Body, IsFramed: false));

    private Gen<FuzzRequest> Oversized() =>
        from request in Framed()
        from extra in Gen.Elements(
            "X-Long: " + new string('a', 40_000) + "\r\n",
            string.Concat(Enumerable.Range(0, 150).Select(number => $"X-{number}: {number}\r\n")),
            "Authorization: Bearer " + new string('a', 20_000) + "\r\n",
            "Cookie: " + new string('c', 9_000) + "\r\n")
        select request with { Head = request.Head.Insert(request.Head.IndexOf('\n', StringComparison.Ordinal) + 1, extra), IsFramed = false };

    private Gen<string> Path(string pattern, string function) =>
        from value in Gen.OneOf(
            Gen.Constant(function), Gen.Constant(function), Gen.Elements(organizations), values.Word.Select(word => Uri.EscapeDataString(word)),
            Gen.Elements("%00", "%2e%2e%2f", "..", "%ff%fe", "%", "a%20b", new string('y', 3_000)))
        from query in Gen.Frequency((3, Gen.Constant("")), (1, Query()), (1, Gen.Elements("?", "?&&==", "?limit=10&limit=11", "?since=%00", "?%ff=%fe", "?cursor=" + new string('z', 2_000))))
        from ending in Gen.Frequency((12, Gen.Constant("")), (1, Gen.Elements("/", "//", "/..", "%2f", ";x", "/%c0%af")))
        select RouteParameter().Replace("/" + pattern.TrimStart('/'), _ => value) + ending + query;

    private Gen<string> Query() =>
        from name in Gen.Elements("limit", "cursor", "since", "until", "status", "type", "topic", "connector", "webhook", "event_data", "", "select", "p_actor_user_id")
        from value in values.Word
        select $"?{name}={Uri.EscapeDataString(value)}";

    private Gen<IEnumerable<string>> Headers() =>
        from authorization in Gen.Frequency((8, Gen.Elements(tokens).Select(token => "Authorization: Bearer " + token)), (2, OddAuthorization()))
        from organization in Gen.Frequency(
            (6, Gen.Elements(organizations).Select(id => "X-Organization-Id: " + id)), (2, Gen.Constant("X-Ignored: 1")), (1, values.Word.Select(word => "X-Organization-Id: " + Header(word))))
        from count in Gen.Choose(0, 3)
        from odd in Gen.Elements(OddHeaders).ListOf(count)
        select (IEnumerable<string>)[authorization, organization, .. odd];

    private Gen<string> OddAuthorization() => Gen.OneOf(
        Gen.Elements("Authorization: ", "Authorization: Bearer", "Authorization: Bearer ", "Authorization: Basic YTpi", "Authorization: Bearer ..", "Authorization: Bearer a.b.c", "Authorization: bearer \u00ff", "X-None: 1"),
        from token in Gen.Elements(tokens)
        from at in Gen.Choose(0, token.Length - 1)
        select "Authorization: Bearer " + token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..]);

    private static string Header(string word) => string.Concat(word.Where(letter => letter is >= ' ' and <= '\u00ff' and not '\u007f'));

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex RouteParameter();
}
