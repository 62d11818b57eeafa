namespace Hera.PgCore.Host.Outbox;

/// <summary>The machine codes of an attempt that got no usable answer, as the database knows them.</summary>
internal static class FaultCodes
{
    public const string Timeout = "timeout";
    public const string ConnectFailed = "connect_failed";
    public const string DnsFailed = "dns_failed";
    public const string TlsFailed = "tls_failed";
    public const string Reset = "reset";
    public const string BlockedAddress = "blocked_address";
    public const string BadRequest = "bad_request";
    public const string ResponseTooSlow = "response_too_slow";
}

/// <summary>Ends an attempt with one of the <see cref="FaultCodes"/>.</summary>
internal sealed class SendFault(string code, Exception? inner = null) : Exception(code, inner)
{
    public string Code { get; } = code;
}
