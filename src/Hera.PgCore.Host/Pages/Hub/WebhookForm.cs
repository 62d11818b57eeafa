using System.Globalization;
using System.Text.Json;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Pages.Hub;

/// <summary>A webhook as a form holds it: each setting as text, an empty one for the default. The database judges what was typed.</summary>
public sealed class WebhookForm
{
    /// <summary>Where it is sent to.</summary>
    public string? Url { get; set; }

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>One a line.</summary>
    public string? Topics { get; set; }

    /// <summary>A jsonpath predicate.</summary>
    public string? Filter { get; set; }

    /// <summary>A JSON template.</summary>
    public string? Transform { get; set; }

    /// <summary>"Name: value", one a line. Values are secrets: those that are stored show as bullets, which leave them as they are.</summary>
    public string? Headers { get; set; }

    /// <summary>How often it is tried.</summary>
    public string? MaxAttempts { get; set; }

    /// <summary>The pause before the second attempt, in milliseconds.</summary>
    public string? InitialDelayMs { get; set; }

    /// <summary>By which each pause is longer than the one before.</summary>
    public string? BackoffFactor { get; set; }

    /// <summary>The longest pause, in milliseconds.</summary>
    public string? MaxDelayMs { get; set; }

    /// <summary>How long an answer is waited for, in milliseconds.</summary>
    public string? TimeoutMs { get; set; }

    /// <summary>Deliveries a second, at most.</summary>
    public string? RateLimit { get; set; }

    /// <summary>none or fifo.</summary>
    public string? Ordering { get; set; }

    /// <summary>The form of a webhook that is stored.</summary>
    public static WebhookForm Of(JsonElement webhook)
    {
        var retry = webhook.Member("retry_policy") ?? default;
        return new()
        {
            Url = webhook.Text("url"),
            Description = webhook.Text("description"),
            Topics = string.Join('\n', webhook.Items("topics").Select(topic => topic.GetString())),
            Filter = webhook.Text("filter"),
            Transform = webhook.Text("transform"),
            Headers = webhook.Member("headers") is { } headers ? string.Join('\n', headers.EnumerateObject().Select(header => $"{header.Name}: {header.Value.GetString()}")) : null,
            MaxAttempts = retry.Text("max_attempts"),
            InitialDelayMs = retry.Text("initial_delay_ms"),
            BackoffFactor = retry.Text("backoff_factor"),
            MaxDelayMs = retry.Text("max_delay_ms"),
            TimeoutMs = webhook.Text("timeout_ms"),
            RateLimit = webhook.Text("rate_limit_per_second"),
            Ordering = webhook.Text("ordering"),
        };
    }

    /// <summary>What decides which events are sent, and as what: the part that is tried on recent events.</summary>
    /// <exception cref="RpcException">The transform is no JSON.</exception>
    public Dictionary<string, object?> Routing() => new()
    {
        ["topics"] = Lines(Topics) is { Length: > 0 } topics ? topics : ["*"],
        ["filter"] = Given(Filter),
        ["transform"] = Given(Transform) is { } text ? Json(text) : null,
    };

    /// <summary>The whole configuration; null takes a setting back to its default, and a header away.</summary>
    /// <param name="stored">The webhook that it changes; null for a new one.</param>
    /// <exception cref="RpcException">The transform is no JSON, or a header has no name.</exception>
    public Dictionary<string, object?> Config(JsonElement? stored = null)
    {
        var retry = new Pages.Filter
        {
            ["max_attempts"] = Number(MaxAttempts),
            ["initial_delay_ms"] = Number(InitialDelayMs),
            ["backoff_factor"] = Number(BackoffFactor),
            ["max_delay_ms"] = Number(MaxDelayMs),
        }.Given;
        var headers = Lines(Headers).Select(Header).DistinctBy(header => header.Key).ToDictionary();
        foreach (var name in stored?.Member("headers") is { ValueKind: JsonValueKind.Object } before ? before.EnumerateObject().Select(header => header.Name) : [])
            headers.TryAdd(name, null);
        return new(Routing())
        {
            ["url"] = Given(Url),
            ["description"] = Given(Description),
            ["headers"] = headers.Count > 0 ? headers : null,
            ["retry_policy"] = retry.Count > 0 ? retry : null,
            ["timeout_ms"] = Number(TimeoutMs),
            ["rate_limit_per_second"] = Number(RateLimit),
            ["ordering"] = Given(Ordering),
        };
    }

    private static string[] Lines(string? text) => (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>A number as one; anything else as it was typed, for the database to refuse by its name.</summary>
    private static object? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : Given(text);

    private static KeyValuePair<string, object?> Header(string line) => line.Split(':', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, var value]
        ? new(name, value)
        : throw new RpcException(400, "webhook_config.invalid", $"The header \u201c{line}\u201d has no name.", "Write each as Name: value, one a line.");

    private static JsonElement Json(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException exception)
        {
            throw new RpcException(400, "webhook_config.invalid", $"The transform is no JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}.", "Check its quotes, commas and braces.");
        }
    }
}
