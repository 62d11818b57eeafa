using Microsoft.OpenApi;

namespace Hera.PgCore.Host.OpenApi;

/// <summary>
/// What is known of the JSON documents that functions take. They are open: the function knows the rest and refuses what it does not
/// know, so nothing here is enforced.
/// </summary>
internal static class DocumentShapes
{
    private static readonly Dictionary<string, Func<OpenApiSchema>> Known = new()
    {
        ["events"] = () => List(Object(
            ("event_source", Text()), ("event_type", Text()), ("event_data", new OpenApiSchema()), ("connector_code", Text()), ("idempotency_key", Text()),
            ("smart_code", Text()), ("options", Object()))),
        ["lines"] = () => List(Object(
            ("smart_code", Text()), ("line_type", Text()), ("description", Text()), ("quantity", Number()), ("unit_amount", Number()), ("line_amount", Number()),
            ("line_data", Object()))),
        ["webhook_config"] = () => Object(
            ("url", Text()), ("secret", Text()), ("topics", List(Text())), ("filter", Text()), ("transform", new OpenApiSchema()), ("headers", Object()),
            ("retry_policy", Object(("max_attempts", Whole()), ("backoff_factor", Number()), ("initial_delay_ms", Whole()), ("max_delay_ms", Whole()))),
            ("timeout_ms", Whole()), ("rate_limit_per_second", Number()), ("ordering", Text()), ("description", Text()), ("metadata", Object())),
        ["organization"] = () => Object(("id", Id()), ("name", Text()), ("code", Text()), ("settings", Object())),
        ["member"] = () => Object(("auth_uid", Text()), ("name", Text()), ("email", Text()), ("role", Text()), ("user_entity_id", Id())),
        ["replay"] = () => Object(
            ("delivery_ids", List(Id())), ("delivery_id", Id()), ("webhook_id", Id()), ("since", Time()), ("until", Time()), ("dead_letters", Flag()),
            ("missed", Flag()), ("per_second", Number()), ("id", Id())),
        ["transaction"] = () => Object(
            ("transaction_type", Text()), ("transaction_code", Text()), ("smart_code", Text()), ("transaction_currency_code", Text()), ("total_amount", Number())),
        ["event_data"] = () => new OpenApiSchema(),
        ["payload"] = () => new OpenApiSchema(),
    };

    public static OpenApiSchema Of(string name) => Known.TryGetValue(name, out var shape) ? shape() : Object();

    public static OpenApiSchema Object(params (string Name, OpenApiSchema Schema)[] properties) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = properties.Length == 0 ? null : properties.ToDictionary(property => property.Name, IOpenApiSchema (property) => property.Schema),
    };

    public static OpenApiSchema List(OpenApiSchema items) => new() { Type = JsonSchemaType.Array, Items = items };

    public static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    public static OpenApiSchema Id() => new() { Type = JsonSchemaType.String, Format = "uuid" };

    public static OpenApiSchema Time() => new() { Type = JsonSchemaType.String, Format = "date-time" };

    public static OpenApiSchema Flag() => new() { Type = JsonSchemaType.Boolean };

    public static OpenApiSchema Number() => new() { Type = JsonSchemaType.Number };

    public static OpenApiSchema Whole() => new() { Type = JsonSchemaType.Integer, Format = "int32" };
}
