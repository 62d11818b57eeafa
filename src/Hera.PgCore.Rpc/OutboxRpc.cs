using System.Runtime.InteropServices;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Hera.PgCore.Rpc;

/// <summary>One leased delivery: all that its request is made of.</summary>
public sealed record ClaimedDelivery
{
    /// <summary>The lease that its result must still find.</summary>
    public required long LeaseId { get; init; }

    /// <summary>The delivery, the same on every attempt: the webhook-id.</summary>
    public required Guid DeliveryId { get; init; }

    /// <summary>Whose event it is.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>Which attempt this is, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Where to send it.</summary>
    public required string Url { get; init; }

    /// <summary>The event's topic.</summary>
    public required string Topic { get; init; }

    /// <summary>The event's smart code.</summary>
    public required string SmartCode { get; init; }

    /// <summary>The exact bytes to sign and send.</summary>
    public required byte[] Body { get; init; }

    /// <summary>What signs it, and the webhook's own headers; one object for all deliveries of a webhook in a claim.</summary>
    public required WebhookCredentials Credentials { get; init; }

    /// <summary>The whole request where it is a call of a provider, which is sent as it is; null where it is a webhook's.</summary>
    public PrescribedRequest? Request { get; init; }

    /// <summary>Milliseconds from name resolution to the last byte of the answer.</summary>
    public required int TimeoutMs { get; init; }

    /// <summary>W3C Trace Context of the request that brought the event, or null.</summary>
    public string? Traceparent { get; init; }

    /// <summary>The database's time of the claim, which the signature tells: a host's own clock may be wrong.</summary>
    public required DateTime ClaimedAt { get; init; }
}

/// <summary>What one claim gave.</summary>
/// <param name="Deliveries">Leased deliveries in their order.</param>
/// <param name="NextCursor">To be passed to the next claim; 0 where nothing was found.</param>
public sealed record ClaimedBatch(IReadOnlyList<ClaimedDelivery> Deliveries, long NextCursor);

/// <summary>What became of one attempt.</summary>
/// <param name="LeaseId">The lease it was made under.</param>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="StatusCode">HTTP status, or null where no answer came.</param>
/// <param name="DurationMs">Milliseconds of the attempt.</param>
/// <param name="ResponseBody">The first part of the answer, or null where it is empty.</param>
/// <param name="Error">Machine code of a transport fault, or null.</param>
/// <param name="RetryAfterSeconds">What the receiver asked for, unclamped, or null.</param>
/// <param name="ResponseHeaders">JSON of a provider's answer's headers by lower-case name; null where it is a webhook's.</param>
public readonly record struct DeliveryResult(
    long LeaseId, Guid DeliveryId, int? StatusCode, int DurationMs, string? ResponseBody, string? Error, int? RetryAfterSeconds,
    string? ResponseHeaders = null);

/// <summary>How many results a report turned into what.</summary>
public readonly record struct FinishCounts(int Delivered, int Failed, int Dlq, int Lost);

/// <summary>The worker's calls, typed and in binary, since they carry the bulk of the traffic.</summary>
public sealed class OutboxRpc(HeraDatabase database)
{
    private readonly byte[]? _senderKey = SenderEnvelope.Key(database.EncryptionKey);

    private const string ClaimSql =
        "select lease_id, delivery_id, organization_id, attempt, url, topic, smart_code, body, credentials, timeout_ms, traceparent, claimed_at, "
        + "next_cursor from public.hera_outbox_claim_v1($1, $2, $3, $4)";

    private const string FinishSql = "select public.hera_outbox_finish_v1($1, $2, $3, $4, $5, $6, $7, $8)";

    private const string ReleaseSql = "select public.hera_outbox_release_v1($1, $2)";

    private const NpgsqlDbType Array = NpgsqlDbType.Array;

    /// <summary>Leases up to <paramref name="limit"/> due deliveries for <paramref name="leaseSeconds"/> seconds.</summary>
    public Task<ClaimedBatch> ClaimAsync(string worker, int limit, long cursor, int leaseSeconds, CancellationToken cancellation = default) =>
        database.QueryAsync(
            ClaimSql,
            [
                RpcArgument.Text("p_worker", worker),
                RpcArgument.Number("p_limit", limit),
                RpcArgument.Of("p_cursor", NpgsqlDbType.Bigint, cursor),
                RpcArgument.Number("p_lease_seconds", leaseSeconds),
            ],
            ReadClaimAsync,
            cancellation);

    /// <summary>Reports results of one or several leases in one call; those whose lease is gone are counted as lost.</summary>
    public Task<FinishCounts> FinishAsync(IReadOnlyList<DeliveryResult> results, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(results);
        return database.QueryAsync(
            FinishSql,
            [
                RpcArgument.Of("p_lease_ids", Array | NpgsqlDbType.Bigint, Column(results, static result => result.LeaseId)),
                RpcArgument.Of("p_delivery_ids", Array | NpgsqlDbType.Uuid, Column(results, static result => result.DeliveryId)),
                RpcArgument.Of("p_status_codes", Array | NpgsqlDbType.Integer, Column(results, static result => result.StatusCode)),
                RpcArgument.Of("p_durations_ms", Array | NpgsqlDbType.Integer, Column(results, static result => result.DurationMs)),
                RpcArgument.Of("p_response_bodies", Array | NpgsqlDbType.Text, Column(results, static result => result.ResponseBody)),
                RpcArgument.Of("p_errors", Array | NpgsqlDbType.Text, Column(results, static result => result.Error)),
                RpcArgument.Of("p_retry_after_s", Array | NpgsqlDbType.Integer, Column(results, static result => result.RetryAfterSeconds)),
                RpcArgument.Of("p_response_headers", Array | NpgsqlDbType.Text, HeadersOf(results)),
            ],
            ReadCountsAsync,
            cancellation);
    }

    /// <summary>Gives unsent deliveries back; no attempt is counted.</summary>
    public Task<int> ReleaseAsync(IReadOnlyList<ClaimedDelivery> deliveries, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(deliveries);
        return database.QueryAsync(
            ReleaseSql,
            [
                RpcArgument.Of("p_lease_ids", Array | NpgsqlDbType.Bigint, Column(deliveries, static delivery => delivery.LeaseId)),
                RpcArgument.Of("p_delivery_ids", Array | NpgsqlDbType.Uuid, Column(deliveries, static delivery => delivery.DeliveryId)),
            ],
            static async (reader, token) => await reader.ReadAsync(token).ConfigureAwait(false) ? reader.GetInt32(0) : 0,
            cancellation);
    }

    /// <summary>Which addresses may be connected to, as JSON.</summary>
    public Task<byte[]> SettingsAsync(CancellationToken cancellation = default) =>
        database.CallAsync("hera_outbox_settings_v1", [], cancellation);

    /// <summary>Queue figures, as JSON.</summary>
    public Task<byte[]> StatsAsync(CancellationToken cancellation = default) =>
        database.CallAsync("hera_outbox_get_stats_v1", [], cancellation);

    /// <summary>Counts, seals, retention and partitions; true where each step went well.</summary>
    public async Task<bool> MaintainAsync(CancellationToken cancellation = default)
    {
        using var answer = JsonDocument.Parse(await database.CallAsync("hera_outbox_maintain_v1", [], cancellation).ConfigureAwait(false));
        return answer.RootElement.GetProperty("success").GetBoolean();
    }

    /// <summary>Queues what running replays may send by now; the number of deliveries that they advanced.</summary>
    public async Task<int> AdvanceReplaysAsync(CancellationToken cancellation = default)
    {
        using var answer = JsonDocument.Parse(await database.CallAsync("hera_outbox_replay_step_v1", [], cancellation).ConfigureAwait(false));
        return answer.RootElement.GetProperty("advanced").GetInt32();
    }

    /// <summary>Null where none is a provider's, which is nearly always so.</summary>
    private static string?[]? HeadersOf(IReadOnlyList<DeliveryResult> results)
    {
        for (var index = 0; index < results.Count; index++)
        {
            if (results[index].ResponseHeaders is not null)
                return Column(results, static result => result.ResponseHeaders);
        }

        return null;
    }

    private static T[] Column<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> select)
    {
        var column = new T[rows.Count];
        for (var index = 0; index < column.Length; index++)
            column[index] = select(rows[index]);
        return column;
    }

    private async Task<ClaimedBatch> ReadClaimAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var deliveries = new List<ClaimedDelivery>();
        var known = new Dictionary<Guid, Opened>();
        var cursor = 0L;
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            cursor = reader.GetInt64(12);
            var opened = OpenEnvelope(reader.GetFieldValue<byte[]>(8), known);
            deliveries.Add(new ClaimedDelivery
            {
                LeaseId = reader.GetInt64(0),
                DeliveryId = reader.GetGuid(1),
                OrganizationId = reader.GetGuid(2),
                Attempt = reader.GetInt32(3),
                Url = reader.GetString(4),
                Topic = reader.GetString(5),
                SmartCode = reader.GetString(6),
                Body = reader.GetFieldValue<byte[]>(7),
                Credentials = opened.Credentials,
                Request = opened.Request,
                TimeoutMs = reader.GetInt32(9),
                Traceparent = reader.IsDBNull(10) ? null : reader.GetString(10),
                ClaimedAt = reader.GetDateTime(11),
            });
        }

        return new ClaimedBatch(deliveries, cursor);
    }

    private Opened OpenEnvelope(byte[] envelope, Dictionary<Guid, Opened> known)
    {
        ref var opened = ref CollectionsMarshal.GetValueRefOrAddDefault(known, SenderEnvelope.IdentityOf(envelope), out _);
        return opened ??= Opened.From(SenderEnvelope.Open(envelope, _senderKey!));
    }

    private static async Task<FinishCounts> ReadCountsAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        await reader.ReadAsync(cancellation).ConfigureAwait(false);
        using var document = JsonDocument.Parse(reader.GetFieldValue<byte[]>(0));
        return new FinishCounts(Count("delivered"), Count("failed"), Count("dlq"), Count("lost"));

        int Count(string name) => document.RootElement.TryGetProperty(name, out var value) ? value.GetInt32() : 0;
    }

    /// <summary>What a claim seals: what signs a webhook's request, or the request of a call.</summary>
    private sealed record Opened(WebhookCredentials Credentials, PrescribedRequest? Request)
    {
        private static readonly WebhookCredentials None = new([], new Dictionary<string, string>());

        public static Opened From(byte[] json)
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("method", out _)
                ? new Opened(None, PrescribedRequest.Read(document.RootElement))
                : new Opened(WebhookCredentials.Read(document.RootElement), null);
        }
    }
}
