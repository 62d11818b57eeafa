namespace Hera.PgCore.Host.Outbox;

/// <summary>What came back from a provider, to be handed to the database as it is.</summary>
/// <param name="StatusCode">HTTP status, or null where no whole answer came.</param>
/// <param name="Headers">JSON {lower-case name: value} without cookies, or null.</param>
/// <param name="Body">The answer, or null where it is empty.</param>
/// <param name="Error">One of the <see cref="FaultCodes"/>, or null.</param>
/// <param name="RetryAfterSeconds">What the provider asked for, unclamped, or null.</param>
/// <param name="DurationMs">From name resolution to the last byte.</param>
internal readonly record struct ProviderAnswer(int? StatusCode, string? Headers, string? Body, string? Error, int? RetryAfterSeconds, int DurationMs);
