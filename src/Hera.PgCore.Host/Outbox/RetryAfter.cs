using System.Globalization;
using System.Net.Http.Headers;

namespace Hera.PgCore.Host.Outbox;

/// <summary>Reads a Retry-After header in any of its forms. How long is too long is the database's decision.</summary>
internal static class RetryAfter
{
    /// <summary>Seconds from <paramref name="now"/>, perhaps negative, or null where the header says nothing understandable.</summary>
    public static int? Parse(string? value, DateTimeOffset now)
    {
        value = value?.Trim();
        if (string.IsNullOrEmpty(value))
            return null;
        var digits = value[0] is '-' or '+' ? value.AsSpan(1) : value;
        if (digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9'))
        {
            var seconds = long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) ? parsed
                : value[0] == '-' ? long.MinValue : long.MaxValue;
            return (int)Math.Clamp(seconds, int.MinValue, int.MaxValue);
        }

        return RetryConditionHeaderValue.TryParse(value, out var condition) && condition.Date is { } date
            ? (int)Math.Clamp(Math.Ceiling((date - now).TotalSeconds), int.MinValue, int.MaxValue)
            : null;
    }
}
