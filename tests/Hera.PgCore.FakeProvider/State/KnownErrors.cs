namespace Hera.PgCore.Fakes.State;

/// <summary>The providers' own refusals, by name.</summary>
internal static class KnownErrors
{
    public static Failure Named(Failure failure) => (failure.Provider, failure.Name) switch
    {
        (_, null) => failure,
        ("hubspot", "rate_limited") => failure with { Status = 429, Body = """{"status":"error","message":"You have reached your ten_secondly_roll limit.","errorType":"RATE_LIMIT","policyName":"TEN_SECONDLY_ROLLING"}""" },
        ("hubspot", "daily_limit") => failure with { Status = 429, Body = """{"status":"error","message":"You have reached your daily limit.","errorType":"RATE_LIMIT","policyName":"DAILY"}""" },
        ("hubspot", "locked") => failure with { Status = 423, Body = """{"status":"error","message":"Locked"}""" },
        ("hubspot", "partial") => failure with { Status = 207, Body = """{"status":"COMPLETE","results":[],"numErrors":1,"errors":[{"status":"error","category":"VALIDATION_ERROR","message":"Property values were not valid"}]}""" },
        ("linkedin", "rate_limited") => failure with { Status = 429, Body = """{"status":429,"code":"TOO_MANY_REQUESTS","message":"Resource level throttle limit for calls to this resource is reached."}""" },
        ("linkedin", "version_over") => failure with { Status = 426, Body = """{"status":426,"code":"NONEXISTENT_VERSION","message":"Requested version is not active"}""" },
        ("linkedin", "forbidden") => failure with { Status = 403, Body = """{"status":403,"serviceErrorCode":100,"message":"Not enough permissions to access this resource"}""" },
        ("meta" or "whatsapp", "rate_limited") => failure with { Status = 400, Body = Graph(failure.Provider == "meta" ? 4 : 130429, "Rate limit hit") },
        ("meta" or "whatsapp", "expired") => failure with { Status = 401, Body = Graph(190, "Error validating access token: Session has expired", 463) },
        ("whatsapp", "pair_rate_limited") => failure with { Status = 400, Body = Graph(131056, "(Business Account, Consumer Account) pair rate limit hit") },
        ("whatsapp", "undeliverable") => failure with { Status = 400, Body = Graph(131026, "Message undeliverable") },
        ("whatsapp", "window_closed") => failure with { Status = 400, Body = Graph(131047, "Re-engagement message") },
        ("zapier", "off") => failure with { Status = 410, Body = "" },
        _ => throw new BadHttpRequestException($"{failure.Provider} has no failure {failure.Name}"),
    };

    public static string Graph(int code, string message, int? subcode = null) =>
        $$$"""{"error":{"message":"{{{message}}}","type":"OAuthException","code":{{{code}}}{{{(subcode is null ? "" : $",\"error_subcode\":{subcode}")}}},"fbtrace_id":"Afake"}}""";
}
