using System.Text.Json;
using System.Text.Json.Nodes;
using Hera.PgCore.Host.Options;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Development;

/// <summary>The demo organization with one user and one webhook, made with the calls that everybody uses.</summary>
internal sealed record Demo(Guid OrganizationId)
{
    public const string AuthUid = "demo@example.com";

    private const string Code = "DEMO";
    private const string WebhookDescription = "Demo receiver of the development server";

    private static readonly Guid SystemActor = new("00000000-0000-0000-0000-000000000001");

    public static async Task<Demo> PrepareAsync(IServiceProvider services, string receiver, string secret, CancellationToken cancellation)
    {
        var database = services.GetRequiredService<HeraDatabase>();
        var organization = await FindOrCreateOrganizationAsync(database, services.GetRequiredService<RuntimeOptions>().DefaultOrganizationId, cancellation);
        var id = organization["id"]!.GetValue<Guid>();
        var member = new { auth_uid = AuthUid, name = "Demo User", role = "org_admin" };
        await CallAsync(database, "hera_membership_v1", id, "GRANT", "p_member", member, null, cancellation);
        await PrepareWebhookAsync(database, id, receiver, secret, cancellation);
        return new Demo(id);
    }

    /// <summary>The organization that DEFAULT_ORGANIZATION_ID names, or one of the demo's own where that is the platform's.</summary>
    private static async Task<JsonNode> FindOrCreateOrganizationAsync(HeraDatabase database, Guid wanted, CancellationToken cancellation)
    {
        var isOwn = wanted == Guid.Empty;
        var list = await OrganizationAsync(database, "LIST", new { }, cancellation);
        var known = list["organizations"]!.AsArray().FirstOrDefault(organization => isOwn
            ? organization!["code"]?.GetValue<string>() == Code
            : organization!["id"]!.GetValue<Guid>() == wanted);
        if (known is not null)
            return known;
        object described = isOwn ? new { name = "Demo", code = Code } : new { id = wanted, name = "Demo", code = $"{Code}-{wanted:N}"[..13].ToUpperInvariant() };
        return (await OrganizationAsync(database, "CREATE", described, cancellation))["organization"]!;
    }

    private static async Task PrepareWebhookAsync(
        HeraDatabase database, Guid organization, string receiver, string secret, CancellationToken cancellation)
    {
        const string Function = "hera_webhook_config_v1";
        var list = await CallAsync(database, Function, organization, "LIST", "p_webhook_config", new { }, null, cancellation);
        var known = list["webhooks"]!.AsArray().FirstOrDefault(webhook => webhook!["description"]?.GetValue<string>() == WebhookDescription);
        if (known is null)
        {
            var config = new { url = receiver, secret, description = WebhookDescription };
            await CallAsync(database, Function, organization, "CREATE", "p_webhook_config", config, null, cancellation);
        }
        else if (known["url"]!.GetValue<string>() != receiver)
        {
            var id = known["id"]!.GetValue<Guid>();
            await CallAsync(database, Function, organization, "UPDATE", "p_webhook_config", new { url = receiver }, id, cancellation);
        }
    }

    private static Task<JsonNode> OrganizationAsync(HeraDatabase database, string operation, object argument, CancellationToken cancellation) =>
        CallAsync(database, "hera_organization_v1", null, operation, "p_organization", argument, null, cancellation);

    private static async Task<JsonNode> CallAsync(
        HeraDatabase database,
        string function,
        Guid? organization,
        string operation,
        string parameter,
        object argument,
        Guid? webhook,
        CancellationToken cancellation)
    {
        List<RpcArgument> arguments =
        [
            RpcArgument.Uuid("p_actor_user_id", SystemActor),
            RpcArgument.Text("p_operation", operation),
            RpcArgument.Json(parameter, JsonSerializer.SerializeToUtf8Bytes(argument)),
        ];
        if (organization is not null)
            arguments.Add(RpcArgument.Uuid("p_organization_id", organization));
        if (webhook is not null)
            arguments.Add(RpcArgument.Uuid("p_webhook_id", webhook));
        return JsonNode.Parse(await database.CallAsync(function, arguments, cancellation))!;
    }
}
