using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Hera.PgCore.Benchmarks.Stage;

/// <summary>A browser without a screen: signs in with a token and reads pages to their last byte.</summary>
internal sealed class PageVisitor : IDisposable
{
    private readonly HttpClient _client;

    private PageVisitor(Uri host) => _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = host };

    public static async Task<PageVisitor> SignInAsync(Uri host, string token)
    {
        var visitor = new PageVisitor(host);
        var form = await visitor._client.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = Regex.Match(form, """name="__RequestVerificationToken" value="([^"]+)""").Groups[1].Value,
            ["Token"] = token,
        });
        using var answer = await visitor._client.PostAsync(new Uri("/sign-in", UriKind.Relative), content);
        return answer.StatusCode == HttpStatusCode.Redirect ? visitor : throw new InvalidOperationException($"the sign-in answered {(int)answer.StatusCode}");
    }

    /// <summary>Milliseconds until the whole page is there.</summary>
    public async Task<double> TimeAsync(string address)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await _client.GetAsync(new Uri(address, UriKind.Relative));
        return answer.StatusCode == HttpStatusCode.OK
            ? watch.Elapsed.TotalMilliseconds
            : throw new InvalidOperationException($"{address} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    public void Dispose() => _client.Dispose();
}
