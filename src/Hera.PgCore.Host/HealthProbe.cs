namespace Hera.PgCore.Host;

/// <summary>
/// <c>Hera.PgCore.Host --health</c> asks the host on this machine whether it is ready; for containers without a shell or curl.
/// </summary>
internal static class HealthProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <returns>The exit code: 0 where the host is ready, else 1.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> urls)
    {
        var address = BindingAddress.Parse(urls.Count > 0 ? urls[0] : HeraHost.DefaultUrl);
        var host = address.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "127.0.0.1" : address.Host;
        var ready = new UriBuilder(address.Scheme, host, address.Port, "/readyz").Uri;
        try
        {
            using var handler = new SocketsHttpHandler { UseProxy = false };
#pragma warning disable CA5359 // The certificate is made out to the name that others use; this asks the same machine, and sends nothing.
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
            using var client = new HttpClient(handler) { Timeout = Patience };
            using var answer = await client.GetAsync(ready);
            Console.WriteLine($"{ready} answers {(int)answer.StatusCode}.");
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            Console.WriteLine($"{ready} does not answer.");
            return 1;
        }
    }
}
