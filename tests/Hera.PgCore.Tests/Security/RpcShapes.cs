using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hera.PgCore.Tests.Security;

/// <summary>The calls of a function that carry a text of the caller's choice: in each argument, and in each key of its JSON arguments.</summary>
internal static class RpcShapes
{
    /// <summary>Stands in a shape for the text.</summary>
    public const string Hole = "<<hole>>";

    /// <summary>All shapes of all operations, as an admin of an organization.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(RpcFunction function, Tenant caller, Prober prober)
    {
        List<string> shapes = [];
        foreach (var operation in function.Takes("p_operation") ? function.Operations : ["CALL"])
        {
            var values = Base(function, caller, operation);
            foreach (var argument in function.Arguments.Where(a => a.Type is "uuid" or "text" && a.Name != "p_operation"))
                shapes.Add(function.Call(new Dictionary<string, string?>(values) { [argument.Name] = Hole }));
            foreach (var argument in function.Arguments.Where(a => a.Type == "jsonb"))
            {
                foreach (var value in await JsonAsync(function, argument, values, caller, prober))
                    shapes.Add(function.Call(new Dictionary<string, string?>(values) { [argument.Name] = value }));
            }
        }
        return shapes;
    }

    /// <summary>Arguments of an ordinary call of an operation.</summary>
    public static Dictionary<string, string?> Base(RpcFunction function, Tenant caller, string operation, Guid? actor = null)
    {
        var values = new Dictionary<string, string?> { ["p_actor_user_id"] = (actor ?? caller.Admin).ToString(), ["p_organization_id"] = caller.Organization.ToString() };
        if (function.Takes("p_operation"))
            values["p_operation"] = operation;
        foreach (var argument in function.Arguments.Where(a => a.Type == "uuid" && !values.ContainsKey(a.Name)))
        {
            if (argument.Name.Contains("webhook", StringComparison.Ordinal))
                values[argument.Name] = caller.Webhook.ToString();
            else if (argument.Name.Contains("event", StringComparison.Ordinal))
                values[argument.Name] = caller.Event.ToString();
        }
        // A function that takes no organization takes it within its JSON argument.
        if (!function.Takes("p_organization_id") && function.Arguments.FirstOrDefault(a => a.Type == "jsonb") is { } bag && operation != "CREATE")
            values[bag.Name] = Text(new JsonObject { ["id"] = caller.Organization });
        return values;
    }

    private static async Task<IEnumerable<string>> JsonAsync(RpcFunction function, RpcArgument argument, Dictionary<string, string?> values, Tenant caller, Prober prober)
    {
        async Task<string[]> KeysAsync(string unknown) => RpcFunction.KnownKeys(await prober.RunAsync(
            function.Call(new Dictionary<string, string?>(values) { [argument.Name] = unknown })));

        List<string> shapes = [Text(Hole), Text(new JsonArray(Hole)), Text(new JsonObject { [Hole] = 1 })];
        foreach (var key in await KeysAsync("""{"unknown_key": 1}"""))
        {
            foreach (var value in Nested())
                shapes.Add(Text(Item(key, value, argument.Name)));
        }
        foreach (var key in await KeysAsync("""[{"unknown_key": 1}]"""))
        {
            foreach (var value in Nested())
                shapes.Add(Text(new JsonArray(Item(key, value, argument.Name))));
        }
        return shapes;
    }

    private static IEnumerable<JsonNode> Nested() => [Hole, new JsonArray(Hole), new JsonObject { ["x"] = Hole }];

    // What makes the rest of the object right, so that the probed key is read.
    private static JsonObject Item(string key, JsonNode value, string argument)
    {
        var item = argument switch
        {
            "p_api_key" => new JsonObject { ["name"] = "probe", ["role"] = "member" },
            "p_member" => new JsonObject { ["role"] = "member" },
            "p_webhook_config" => new JsonObject { ["url"] = "https://example.com/hook" },
            "p_organization" => new JsonObject { ["name"] = "probe" },
            "p_events" => new JsonObject { ["event_source"] = "shop", ["event_type"] = "t" },
            _ => [],
        };
        item[key] = value;
        return item;
    }

    private static string Text(JsonNode node) => node.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
