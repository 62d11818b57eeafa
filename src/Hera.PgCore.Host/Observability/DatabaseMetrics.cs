using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Hera.PgCore.Host.Observability;

/// <summary>
/// Publishes <see cref="DatabaseFigures"/> as gauges. They are the whole platform's: every host shows the same ones, and none
/// names a tenant. Where the database does not answer they are absent and hera_database_up is 0.
/// </summary>
internal sealed class DatabaseMetrics
{
    private const double Milliseconds = 0.001;

    private static readonly Gauge[] OfOverview =
    [
        // Volume.
        new("hera.day.events", "{event}", "Events of the last 24 hours.", ("events", [])),
        new("hera.day.events_failed", "{event}", "Events of the last 24 hours that were authentic and could not be mapped.", ("events_failed", [])),
        new("hera.day.event.latency", "s", "From accepting an event to the end of its first successful delivery, last 24 hours.",
            ("latency_p50_ms", [new("quantile", "0.5")]), ("latency_p95_ms", [new("quantile", "0.95")])) { Scale = Milliseconds },
        // Delivery.
        new("hera.day.attempts", "{attempt}", "Delivery attempts of the last 24 hours.", ("attempts", [])),
        new("hera.day.attempts_delivered", "{attempt}", "Attempts of the last 24 hours that the receiver accepted.", ("delivered", [])),
        new("hera.day.attempts_repeated", "{attempt}", "Attempts of the last 24 hours that were not the first of their delivery.", ("retries", [])),
        new("hera.outbox.oldest_past_due", "s", "How long the most overdue delivery has been due; 0 when nothing is due. The figure to alert on.",
            ("oldest_past_due_seconds", [])) { Absent = 0 },
        new("hera.outbox.due", "{delivery}", "Deliveries that could be sent now.", ("due", [])),
        new("hera.outbox.deliveries", "{delivery}", "Deliveries under way, by state; waiting (in fifo lines) are among the pending.", States(
            "pending", "waiting", "in_flight", "failed", "delayed")),
        new("hera.outbox.rate_limited", "{delivery}", "Deliveries put off by the rate limit of their webhook.", ("rate_limit_put_off", [])),
        new("hera.dead_letters", "{delivery}", "Deliveries that will not be sent, by reason.", States("dlq", "blocked", "disabled", "cancelled")),
        // Connectors.
        new("hera.webhooks", "{webhook}", "Webhooks by state.",
            ("webhooks_active", [new("state", "active")]), ("webhooks_disabled", [new("state", "disabled")])),
        new("hera.installations", "{installation}", "Installed connectors by state.",
            ("installations_active", [new("state", "active")]),
            ("installations_in_error", [new("state", "in_error")]),
            ("installations_to_authorize", [new("state", "to_authorize")])),
        new("hera.tokens", "{token}", "Tokens of installed connectors that ask for attention.",
            ("tokens_expired", [new("state", "expired")]), ("tokens_expiring_in_7_days", [new("state", "expiring_in_7_days")])),
    ];

    private static readonly Gauge[] OfConnections =
    [
        new("hera.database.connections", "{connection}", "Connections to the database by state.", States(
            "active", "idle", "idle_in_transaction", "waiting_for_locks")),
        new("hera.database.connections_max", "{connection}", "Connections that the database server accepts.", ("max", [])),
        new("hera.database.oldest_transaction", "s", "Age of the oldest open transaction; absent where there is none.", ("oldest_transaction_seconds", [])),
    ];

    private readonly DatabaseFigures _figures;

    public DatabaseMetrics(DatabaseFigures figures, IMeterFactory meters)
    {
        _figures = figures;
        var meter = meters.Create(Monitoring.Name);
        foreach (var gauge in OfOverview)
            Publish(meter, gauge, static current => current.Overview);
        foreach (var gauge in OfConnections)
            Publish(meter, gauge, static current => current.Database.GetProperty("connections"));
        Publish(meter, new("hera.database.size", "By", "Size of the database.", ("bytes", [])), static current => current.Database);
        Publish(
            meter,
            new("hera.database.snapshot_age", "{transaction}", "Age of the oldest held snapshot; nothing younger can be cleaned up.", ("oldest_xmin_age", [])),
            static current => current.Database.GetProperty("snapshots"));
        meter.CreateObservableGauge(
            "hera.partitions.days_ahead", DaysAhead, "{day}", "Days for which a table has partitions already; below 1 new rows fall into its default.");
        meter.CreateObservableGauge("hera.database.up", () => _figures.Current is null ? 0 : 1, null, "1 where the database answers the monitoring functions.");
    }

    private void Publish(Meter meter, Gauge gauge, Func<DatabaseFigures.Figures, JsonElement> part) =>
        meter.CreateObservableGauge(
            gauge.Name, () => _figures.Current is { } current ? gauge.Read(part(current)) : [], gauge.Unit, gauge.Help);

    private IEnumerable<Measurement<double>> DaysAhead() =>
        _figures.Current is not { } current ? [] : current.Database.GetProperty("partitions").EnumerateArray()
            .Where(table => table.GetProperty("days_ahead").ValueKind == JsonValueKind.Number)
            .Select(table => new Measurement<double>(
                table.GetProperty("days_ahead").GetDouble(), new KeyValuePair<string, object?>("table", table.GetProperty("table_name").GetString())));

    private static (string, KeyValuePair<string, object?>[])[] States(params string[] states) =>
        Array.ConvertAll<string, (string, KeyValuePair<string, object?>[])>(states, state => (state, [new("state", state)]));

    /// <summary>One gauge and the properties of an answer that are its values, each with its labels.</summary>
    private sealed record Gauge(string Name, string Unit, string Help, params (string Property, KeyValuePair<string, object?>[] Labels)[] Values)
    {
        public double Scale { get; init; } = 1;

        /// <summary>What stands for a null; nothing is published where this is null too.</summary>
        public double? Absent { get; init; }

        public IEnumerable<Measurement<double>> Read(JsonElement answer)
        {
            foreach (var (property, labels) in Values)
            {
                var value = answer.GetProperty(property);
                if ((value.ValueKind == JsonValueKind.Null ? Absent : value.GetDouble()) is { } number)
                    yield return new Measurement<double>(Scale * number, labels);
            }
        }
    }
}
