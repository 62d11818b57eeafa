using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using static Hera.PgCore.Host.OpenApi.DocumentShapes;

namespace Hera.PgCore.Host.OpenApi;

/// <summary>The keys that functions promise to answer. An answer may hold more.</summary>
internal static class AnswerShapes
{
    private const string Accepted = """
        {"success": true, "message": "event accepted", "event_id": "01a20c48-9293-7ca3-9f40-ebb8f0000000", "smart_code": "HERA.INTEGRATION.EVENT.SHOP.ORDER_PAID.v1",
         "connector_installed": false, "duplicate": false, "deliveries": 1}
        """;

    private static readonly Dictionary<string, (string Title, Func<OpenApiSchema> Schema, string Example)> Known = new()
    {
        ["hera_integration_event_in_v1"] = ("EventAnswer", Event, Accepted),
        ["hera_integration_event_batch_v1"] = (
            "BatchAnswer",
            () => Object(("success", Flag()), ("accepted", Whole()), ("duplicates", Whole()), ("failed", Whole()), ("results", List(Object()))),
            """{"success": true, "accepted": 1, "duplicates": 0, "failed": 0, "results": [{"success": true, "duplicate": false}]}"""),
        ["hera_integration_event_list_v1"] = ("EventsAnswer", () => Page("events"), """{"success": true, "events": [], "next_cursor": null}"""),
        ["hera_integration_connector_v1"] = (
            "ConnectorAnswer",
            () => Object(("success", Flag()), ("connectors", List(Object(("id", Id()), ("code", Text()), ("name", Text()), ("type", Text()), ("status", Text())))), ("installation", Described())),
            """{"success": true, "installation": {"id": "01a20c48-9293-7ca3-9f40-ebb8f0000001", "code": "zapier-webhook", "status": "active"}}"""),
        ["hera_webhook_config_v1"] = (
            "WebhookAnswer",
            () => Object(("success", Flag()), ("webhooks", List(Webhook())), ("webhook", Webhook())),
            """{"success": true, "webhook": {"id": "01a20c48-9266-7dbe-81c8-0d979b000000", "secret": "whsec_…", "url": "https://example.com/hook", "status": "active"}}"""),
        ["hera_organization_v1"] = (
            "OrganizationAnswer",
            () => Object(("success", Flag()), ("organizations", List(Organization())), ("organization", Organization())),
            """{"success": true, "organization": {"id": "01a20c47-0544-7195-89bd-bec84c000000", "name": "Acme", "code": "ACME", "status": "active"}}"""),
        ["hera_membership_v1"] = (
            "MembershipAnswer",
            () => Object(("success", Flag()), ("members", List(Member())), ("member", Member())),
            """{"success": true, "member": {"user_entity_id": "01a20c47-0544-7195-89bd-bec84c000001", "auth_uid": "jane@example.com", "role": "member"}}"""),
    };

    public static bool IsKnown(string function) => Known.ContainsKey(function);

    public static string Title(string function) => Known[function].Title;

    /// <summary>What the function answers.</summary>
    public static OpenApiSchema Schema(string function) =>
        Known.TryGetValue(function, out var known) ? known.Schema() : Object(("success", Flag()));

    public static JsonNode Data(string function) =>
        JsonNode.Parse(Known.TryGetValue(function, out var known) ? known.Example : """{"success": true}""")!;

    /// <summary>The same within the envelope of a route.</summary>
    public static JsonNode Example(string function) => new JsonObject
    {
        ["rid"] = "01a20c48928c7b94a397fa89d4a5c5a0",
        ["data"] = Data(function),
        ["actor"] = "01a20c47-0544-7195-89bd-bec84c000000",
        ["org"] = "a1977daa-3ae8-44e1-a453-0f564909924b",
    };

    private static OpenApiSchema Event() => Object(
        ("success", Flag()), ("message", Text()), ("event_id", Id()), ("smart_code", Text()), ("connector_id", Nullable(Id())), ("connector_installed", Flag()),
        ("transaction_id", Nullable(Id())), ("duplicate", Flag()), ("deliveries", Whole()));

    private static OpenApiSchema Page(string name) => Object(("success", Flag()), (name, List(Object())), ("next_cursor", Nullable(Text())));

    private static OpenApiSchema Described() => Object(("id", Id()), ("code", Text()), ("status", Text()));

    private static OpenApiSchema Webhook() => Object(("id", Id()), ("secret", Text()), ("url", Text()), ("status", Text()));

    private static OpenApiSchema Organization() => Object(("id", Id()), ("name", Text()), ("code", Text()), ("status", Text()));

    private static OpenApiSchema Member() => Object(("user_entity_id", Id()), ("auth_uid", Text()), ("role", Text()));

    private static OpenApiSchema Nullable(OpenApiSchema schema)
    {
        schema.Type |= JsonSchemaType.Null;
        return schema;
    }
}
