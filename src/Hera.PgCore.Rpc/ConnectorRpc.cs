using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Hera.PgCore.Rpc;

/// <summary>One leased request to a provider.</summary>
/// <param name="OrganizationId">Whose it is.</param>
/// <param name="TaskId">The task.</param>
/// <param name="Fence">Of this claim: its report must name it.</param>
/// <param name="Kind">refresh, poll, health or revoke.</param>
/// <param name="Request">What to send.</param>
/// <param name="TimeoutMs">Milliseconds from name resolution to the last byte of the answer.</param>
public sealed record ConnectorTask(Guid OrganizationId, Guid TaskId, Guid Fence, string Kind, PrescribedRequest Request, int TimeoutMs);

/// <summary>What a browser that came back from a provider leads to.</summary>
/// <param name="Ticket">To be handed back with the answer; null where there is nothing to send.</param>
/// <param name="Request">What to send, where there is a ticket.</param>
/// <param name="TimeoutMs">Milliseconds for it.</param>
/// <param name="Outcome">What to answer, where there is no ticket.</param>
public sealed record OAuthStep(string? Ticket, PrescribedRequest? Request, int TimeoutMs, byte[] Outcome);

/// <summary>The calls that prescribe requests to providers and take what came back.</summary>
public sealed class ConnectorRpc(HeraDatabase database)
{
    private const string ClaimSql =
        "select organization_id, task_id, fence, kind, request, timeout_ms from public.hera_connector_task_claim_v1($1, $2, $3)";

    private const string FinishSql = "select public.hera_connector_task_finish_v1($1, $2, $3, $4, $5, $6, $7)";

    private readonly byte[]? _senderKey = SenderEnvelope.Key(database.EncryptionKey);

    /// <summary>Leases up to <paramref name="limit"/> due requests for <paramref name="leaseSeconds"/> seconds.</summary>
    public Task<List<ConnectorTask>> ClaimTasksAsync(string worker, int limit, int leaseSeconds, CancellationToken cancellation = default) =>
        database.QueryAsync(
            ClaimSql,
            [RpcArgument.Text("p_worker", worker), RpcArgument.Number("p_limit", limit), RpcArgument.Number("p_lease_seconds", leaseSeconds)],
            ReadTasksAsync,
            cancellation);

    /// <summary>Reports what came of a task; answers what the database made of it.</summary>
    public Task<string> FinishTaskAsync(
        ConnectorTask task, int? status, string? headers, string? body, string? error, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        return database.QueryAsync(
            FinishSql,
            [
                RpcArgument.Uuid("p_organization_id", task.OrganizationId),
                RpcArgument.Uuid("p_task_id", task.TaskId),
                RpcArgument.Uuid("p_fence", task.Fence),
                .. Answer(status, headers, body, error),
            ],
            static async (reader, token) => await reader.ReadAsync(token).ConfigureAwait(false) ? reader.GetString(0) : "",
            cancellation);
    }

    /// <summary>Takes what a browser brings back from a provider.</summary>
    public async Task<OAuthStep> BeginOAuthAsync(
        string? state, string? code, string? error, string? description, CancellationToken cancellation = default)
    {
        RpcArgument[] arguments =
        [
            RpcArgument.Text("p_state", state),
            RpcArgument.Text("p_code", code),
            RpcArgument.Text("p_error", error),
            RpcArgument.Text("p_error_description", description),
        ];
        var answer = await database.CallAsync("hera_connector_oauth_callback_v1", arguments, cancellation).ConfigureAwait(false);
        using var document = JsonDocument.Parse(answer);
        if (!document.RootElement.TryGetProperty("ticket", out var ticket))
            return new OAuthStep(null, null, 0, answer);
        var request = PrescribedRequest.Open(document.RootElement.GetProperty("request").GetBytesFromBase64(), _senderKey!);
        return new OAuthStep(ticket.GetString(), request, document.RootElement.GetProperty("timeout_ms").GetInt32(), []);
    }

    /// <summary>Hands the provider's answer to the request of a ticket back; answers the outcome as JSON.</summary>
    public Task<byte[]> EndOAuthAsync(
        string ticket, int? status, string? headers, string? body, string? error, CancellationToken cancellation = default) =>
        database.CallAsync("hera_connector_oauth_answer_v1", [RpcArgument.Text("p_ticket", ticket), .. Answer(status, headers, body, error)], cancellation);

    private static RpcArgument[] Answer(int? status, string? headers, string? body, string? error) =>
    [
        RpcArgument.Of("p_status", NpgsqlDbType.Integer, status),
        RpcArgument.Of("p_headers", NpgsqlDbType.Jsonb, headers),
        RpcArgument.Text("p_body", body),
        RpcArgument.Text("p_error", error),
    ];

    private async Task<List<ConnectorTask>> ReadTasksAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var tasks = new List<ConnectorTask>();
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            tasks.Add(new ConnectorTask(
                reader.GetGuid(0),
                reader.GetGuid(1),
                reader.GetGuid(2),
                reader.GetString(3),
                PrescribedRequest.Open(reader.GetFieldValue<byte[]>(4), _senderKey!),
                reader.GetInt32(5)));
        }

        return tasks;
    }
}
