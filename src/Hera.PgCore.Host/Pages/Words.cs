using System.Globalization;
using System.Text.Json;

namespace Hera.PgCore.Host.Pages;

/// <summary>Figures as people read them.</summary>
internal static class Words
{
    public static string Count(long? count) => (count ?? 0).ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share of 0 to 1 in per cent; a dash where there is none.</summary>
    public static string Share(JsonElement? share) =>
        share is { ValueKind: JsonValueKind.Number } value ? value.GetDouble().ToString("P1", CultureInfo.InvariantCulture) : "–";

    /// <summary>Milliseconds, rounded; a dash where there are none.</summary>
    public static string Milliseconds(JsonElement? duration) =>
        duration is { ValueKind: JsonValueKind.Number } value ? value.GetDouble().ToString("N0", CultureInfo.InvariantCulture) + " ms" : "–";

    public static string Duration(long seconds) => seconds switch
    {
        < 120 => $"{seconds} s",
        < 7200 => $"{seconds / 60} min",
        < 172800 => $"{seconds / 3600} h",
        _ => $"{seconds / 86400} days",
    };

    /// <summary>How an installation fares.</summary>
    public static string Health(string? status, JsonElement? health) => (status, health?.Text("state")) switch
    {
        ("pending_auth", _) => "Somebody has still to connect it at the provider. Events are taken in already.",
        ("reauth_required", _) => "The provider does not accept its authorization any more. Connect it again.",
        ("paused", _) => "It is paused. What comes in is kept aside until you resume it.",
        ("error", _) or (_, "failing") => "It does not work: " + (health?.Text("last_error") ?? "its checks fail") + ".",
        (_, "degraded") => "It works, but the last use failed: " + (health?.Text("last_error") ?? "no reason was given") + ".",
        (_, "token_expiring") => "Its authorization ends within a week, and only a person can renew it.",
        _ => "It works.",
    };

    /// <summary>Why a delivery is where it is.</summary>
    public static string Reason(string? reason) => reason switch
    {
        null => "",
        "attempts_exhausted" => "All attempts failed.",
        "gone" => "The receiver answered 410 Gone.",
        "blocked_address" => "The address is not one that may be connected to.",
        "rate_limit" => "It waits, since the rate limit of the webhook is used up.",
        "secret_sealed_off" => "The secret of the webhook can't be opened with the key that the host has.",
        "webhook_disabled" or "webhook_inactive" => "The webhook was not active.",
        "status_not_matched" => "The webhook was not active.",
        "topics_not_matched" => "The webhook does not ask for this topic.",
        "connector_not_matched" => "The webhook is bound to another connector.",
        "filter_not_matched" => "The filter of the webhook let it not pass.",
        "webhook_is_newer" => "The webhook was made after the event.",
        "webhook_changed_since" => "The webhook was changed since; it would be sent now.",
        "outcome_unknown" => "Nobody knows whether the provider did it: the answer was lost.",
        _ => reason.Replace('_', ' '),
    };
}
