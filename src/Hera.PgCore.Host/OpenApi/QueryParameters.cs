using System.Text.Json.Nodes;
using Hera.PgCore.Host.Endpoints;
using Microsoft.OpenApi;

namespace Hera.PgCore.Host.OpenApi;

/// <summary>What stands in paths and queries, with an example for each.</summary>
internal static class QueryParameters
{
    private const string SomeId = "01a20c48-9293-7ca3-9f40-ebb8f0000000";

    private static readonly Dictionary<string, string> Examples = new()
    {
        ["event_source"] = "shop",
        ["event_type"] = "order.paid",
        ["connector_code"] = "zapier-webhook",
        ["connector_type"] = "INTEGRATION_CONNECTOR_DEF",
        ["transaction_type"] = "journal",
        ["smart_code"] = "HERA.FINANCE.TXN.JOURNAL.v1",
        ["role"] = "member",
        ["function"] = "hera_webhook_config_v1",
        ["operation"] = "CREATE",
    };

    public static OpenApiParameter OfId(ApiRoute route) => new()
    {
        Name = "id",
        In = ParameterLocation.Path,
        Required = true,
        Schema = SchemaOf(route.Id!),
        Example = ExampleOf(route.Id!),
    };

    public static OpenApiParameter Of(string name) => new()
    {
        Name = name,
        In = ParameterLocation.Query,
        Description = DescriptionOf(name),
        Schema = SchemaOf(name),
        Example = ExampleOf(name),
    };

    /// <summary>The schema of a filter of this name.</summary>
    public static OpenApiSchema SchemaOf(string name) => name switch
    {
        "limit" => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1" },
        "since" or "until" => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        "id" => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
        _ when name.EndsWith("_id", StringComparison.Ordinal) => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
        _ => new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static string? DescriptionOf(string name) => name switch
    {
        "limit" => "How many at most.",
        "cursor" => "The `next_cursor` of the page before.",
        "since" => "From this time on.",
        "until" => "Before this time.",
        _ => null,
    };

    private static JsonNode? ExampleOf(string name) => name switch
    {
        "limit" => 20,
        "since" => "2026-01-30T00:00:00Z",
        "until" => "2026-01-31T00:00:00Z",
        _ when SchemaOf(name).Format == "uuid" => SomeId,
        // A status or cursor of one list is none of another.
        _ => Examples.TryGetValue(name, out var example) ? example : null,
    };
}
