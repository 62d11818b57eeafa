using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Hera.PgCore.Tests.Fuzz;

/// <summary>Values that programs trip over, and JSON that is made of them.</summary>
internal sealed class FuzzValues
{
    private static readonly string[] Numbers =
    [
        "0", "-0", "1", "-1", "2147483648", "-9223372036854775809", "99999999999999999999999999", "1e308", "1e309", "-1e309", "1e-309", "1e131071",
        "1e999999999999", "1.7976931348623157e308", "0.1e-400", "0e400", "1.", ".5", "01", "+1", "NaN", "Infinity", "0x10", "1_000", new string('9', 400),
    ];

    private static readonly string[] Texts =
    [
        "", " ", "a", "null", "true", "0", "\\u0000", "\\ud800", "\\udc00\\ud800", "\\uD83D\\uDE00", "\\x", "é", "\u202e", "\uFEFF", "\\n\\t\\r", "'; drop table hera.events; --",
        "$.a", "$.**", "$ ? (@.a like_regex \\\"^(a+)+$\\\")", "{{event_data.a}}", "{{", "%s%n", "../../etc/passwd", "<script>alert(1)</script>", "infinity", "-infinity",
        "2024-02-30", "2024-01-01T00:00:00Z", "294277-01-01", "0001-01-01 BC", "1 year", "00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000001",
        "not-a-uuid", "shop", "order.paid", "whatsapp-business-cloud", "zapier-webhook", "HERA.TEST.EVENT.v1", "hera.x.v1", "http://127.0.0.1:1/hook", "https://127.0.0.1:1/",
        "http://[::ffff:127.0.0.1]:1/", "javascript:1", "whsec_", "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", "DR", "CR", "USD", "1e309", "desc", "pending", "dlq", new string('x', 300),
    ];

    private static readonly string[] Operations =
    [
        "LIST", "GET", "CREATE", "UPDATE", "DELETE", "ENABLE", "TEST", "ROTATE_SECRET", "INSTALL", "CONFIGURE", "PAUSE", "RESUME", "UNINSTALL", "CREATE_DEFINITION",
        "UPDATE_DEFINITION", "RETIRE_DEFINITION", "ASSIGN", "UNASSIGN", "PLAN", "START", "CANCEL", "list", "NOTHING", "",
    ];

    // What bags hold, beside the parameters that the catalogue tells.
    private static readonly string[] InnerNames =
    [
        "id", "limit", "cursor", "since", "until", "status", "type", "topic", "event_id", "delivery_ids", "webhook_id", "url", "topics", "filter", "transform", "headers", "secret",
        "retry_policy", "max_attempts", "initial_delay_ms", "backoff_factor", "timeout_ms", "ordering", "metadata", "create_transaction", "traceparent", "lines", "line_number",
        "quantity", "unit_amount", "line_amount", "line_data", "side", "smart_code", "transaction_type", "total_amount", "currency", "name", "code", "settings", "role", "", "a", "\\u0000", "$", "constructor", "__proto__",
    ];

    // What a caller would send; with these a request gets past the first checks.
    private static readonly Dictionary<string, string> Sensible = new()
    {
        ["event_source"] = "\"shop\"",
        ["event_type"] = "\"order.paid\"",
        ["event_data"] = "{\"order\": 17, \"lines\": [{\"line_number\": 1, \"line_amount\": 5}]}",
        ["events"] = "[{\"event_source\": \"shop\", \"event_type\": \"order.paid\"}, {\"event_type\": 1}]",
        ["connector_code"] = "\"zapier-webhook\"",
        ["connector_type"] = "\"INTEGRATION_CONNECTOR_DEF\"",
        ["webhook_config"] = "{\"url\": \"http://127.0.0.1:1/hook\", \"topics\": [\"shop.*\"], \"filter\": \"$.order > 1\"}",
        ["filter"] = "{\"limit\": 10}",
        ["options"] = "{}",
        ["transaction"] = "{\"transaction_type\": \"sale\", \"smart_code\": \"HERA.TEST.SALE.v1\", \"total_amount\": 5}",
    };

    private readonly Gen<string> _json;

    public FuzzValues()
    {
        _json = Json(3);
        Word = Gen.OneOf(Gen.Elements(Texts), Gen.Elements(Operations), Gen.Choose(0, 40).SelectMany(length => Gen.Choose(32, 0x2fff).ArrayOf(length)).Select(Plain));
    }

    /// <summary>A text, escaped as JSON wants it or not.</summary>
    public Gen<string> Word { get; }

    /// <summary>A body: often an object of a function's parameters with strange values, sometimes no JSON at all.</summary>
    public Gen<byte[]> Body(string[] parameters) => Gen
        .Frequency((6, Object(parameters)), (1, _json), (1, Gen.Elements(Bombs())), (1, Object(parameters).Select(item => $"[{item}, {item}]")))
        .SelectMany(text => Mutated(Encoding.UTF8.GetBytes(text)));

    /// <summary>The same bytes most of the time, else damaged.</summary>
    public static Gen<byte[]> Mutated(byte[] bytes) => Gen.Frequency(
        (6, Gen.Constant(bytes)),
        (1, from at in At(bytes) from value in Gen.Choose(0, 255) select Replace(bytes, at, (byte)value)),
        (1, from at in At(bytes) from value in Gen.Choose(0, 255) select (byte[])[.. bytes[..at], (byte)value, .. bytes[at..]]),
        (1, At(bytes).Select(at => bytes[..at])),
        (1, from a in At(bytes) from b in At(bytes) select (byte[])[.. bytes[..a], .. bytes[Math.Min(a, b)..]]));

    private static Gen<int> At(byte[] bytes) => Gen.Choose(0, bytes.Length);

    private static byte[] Replace(byte[] bytes, int at, byte value)
    {
        var copy = (byte[])bytes.Clone();
        if (at < copy.Length)
            copy[at] = value;
        return copy;
    }

    private static string Plain(int[] codes) => string.Concat(codes.Select(code => (char)code is '"' or '\\' ? '_' : (char)code));

    private static IEnumerable<string> Bombs() =>
    [
        "", "{}", "[]", "null", "\"x\"", "{\"a\"", "{\"a\":1,}", "{} {}", "/* */ {}", new string('[', 70) + new string(']', 70), new string('[', 20_000),
        string.Concat(Enumerable.Repeat("{\"a\":", 5_000)), "[" + string.Join(',', Enumerable.Repeat("1e308", 3_000)) + "]",
        "{\"event_source\": \"a\", \"event_type\": \"b\", \"event_data\": {\"n\": [" + string.Join(',', Enumerable.Repeat("1e300", 2_000)) + "]}}",
        "{" + string.Join(',', Enumerable.Repeat("\"event_type\": \"b\"", 500)) + "}", "{\"event_source\": \"" + new string('a', 60_000) + "\"}",
        "[" + string.Join(',', Enumerable.Repeat("{\"event_source\": \"a\", \"event_type\": \"b\"}", 1_100)) + "]",
        "{\"event_source\": \"shop\", \"event_type\": \"order.paid\", \"event_data\": {\"order\": 17}}",
    ];

    private static Gen<string> Text() => Gen.OneOf(Gen.Elements(Texts), Gen.Elements(Operations)).Select(text => $"\"{text}\"");

    private Gen<string> Json(int depth) => depth == 0
        ? Gen.OneOf(Text(), Gen.Elements(Numbers), Gen.Elements("null", "true", "false"))
        : Gen.Frequency(
            (4, Text()), (2, Gen.Elements(Numbers)), (2, Gen.Elements("null", "true", "false")), (3, Inner(depth - 1)),
            (2, Gen.Choose(0, 3).SelectMany(count => Json(depth - 1).ListOf(count)).Select(items => $"[{string.Join(',', items)}]")));

    private Gen<string> Inner(int depth) =>
        from names in Gen.Elements(InnerNames).ListOf(3)
        from values in Json(depth).ListOf(names.Count)
        select Join(names, values);

    private Gen<string> Object(string[] parameters) =>
        from names in Gen.SubListOf(parameters)
        from extra in Gen.Frequency((5, Gen.Constant(Array.Empty<string>())), (1, Gen.Elements(InnerNames).Select(name => new[] { name })))
        let all = names.Concat(extra).ToList()
        from values in Gen.CollectToList(all, Value)
        select Join(all, values);

    private Gen<string> Value(string name) => name == "operation"
        ? Gen.Elements(Operations).Select(text => $"\"{text}\"")
        : Sensible.TryGetValue(name, out var sensible) ? Gen.Frequency((2, Gen.Constant(sensible)), (1, _json)) : _json;

    private static string Join(IEnumerable<string> names, IEnumerable<string> values) =>
        $"{{{string.Join(", ", names.Zip(values, (name, value) => $"\"{name}\": {value}"))}}}";
}
