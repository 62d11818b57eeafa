using System.Net;
using System.Text.RegularExpressions;
using System.Web;
using Hera.PgCore.Tests.Http;

namespace Hera.PgCore.UiTests.Session;

/// <summary>Goes the way of a browser that signs in, step by step, with cookies of its own.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client;
    private readonly Uri _host;

    public Visitor(TestHost host)
    {
        _host = host.Client.BaseAddress!;
        _client = new HttpClient(new HttpClientHandler
        {
            AllowAutoRedirect = false,
            CookieContainer = _cookies,
            ServerCertificateCustomValidationCallback = (_, _, _, _) => true,
        });
    }

    public IEnumerable<string> Cookies => _cookies.GetCookies(_host).Select(cookie => cookie.Name);

    /// <summary>Begins, and agrees at the authority; answers the address that it sends the browser back to.</summary>
    public async Task<Uri> AgreeAsync(string destination = "/settings/integrations")
    {
        using var begun = await _client.GetAsync(new Uri(_host, "/sign-in/begin?return=" + Uri.EscapeDataString(destination)));
        var page = await _client.GetStringAsync(begun.Headers.Location);
        return new Uri(HttpUtility.HtmlDecode(Regex.Match(page, """href="([^"]+)">Agree""").Groups[1].Value));
    }

    /// <summary>Comes back from the authority.</summary>
    public async Task<Arrival> ComeBackAsync(Uri callback)
    {
        using var answer = await _client.GetAsync(callback);
        var session = answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.FirstOrDefault(cookie => cookie.StartsWith("hera-session=", StringComparison.Ordinal)) : null;
        var ends = session is null ? (DateTimeOffset?)null : DateTimeOffset.Parse(Regex.Match(session, "expires=([^;]+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        return new Arrival(answer.Headers.Location!.OriginalString, ends);
    }

    public void Dispose() => _client.Dispose();
}

/// <summary>Where a sign-in led.</summary>
/// <param name="Address">The page.</param>
/// <param name="SessionEnds">When the session ends that was begun, or null where none was.</param>
internal sealed record Arrival(string Address, DateTimeOffset? SessionEnds)
{
    public bool IsRefused => SessionEnds is null && Address.StartsWith("/sign-in?refusal=", StringComparison.Ordinal);
}
