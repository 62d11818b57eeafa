using System.Net;
using System.Net.Sockets;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Outbox;

namespace Hera.PgCore.Tests.Observability;

/// <summary>A host in a process of its own: what is observed there is the host's and nothing of the test's.</summary>
internal sealed class ListeningHost : IAsyncDisposable
{
    private readonly HostProcess _process;

    private ListeningHost(HostProcess process, int port)
    {
        _process = process;
        // The test's own client must not take part in traces.
        Client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public HttpClient Client { get; }

    public static async Task<ListeningHost> StartAsync(string connectionString, Dictionary<string, string>? variables = null)
    {
        var port = FreePort();
        var all = new Dictionary<string, string>(variables ?? []) { ["HERA_URLS"] = $"http://127.0.0.1:{port}" };
        var host = new ListeningHost(HostProcess.Start(connectionString, all), port);
        for (var waited = 0; waited < 300; waited++)
        {
            try
            {
                using var ready = await host.Client.GetAsync(new Uri("/readyz", UriKind.Relative));
                if (ready.IsSuccessStatusCode)
                    return host;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(100);
        }

        await host.DisposeAsync();
        throw new TimeoutException(host._process.Output);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async Task<int> PostAsync(string path, Tenant tenant, string body, string? traceparent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, null, "application/json") };
        request.Headers.Add("Authorization", "Bearer " + tenant.Token);
        request.Headers.Add(tenant.Header.Name, tenant.Header.Value);
        if (traceparent is not null)
            request.Headers.Add("traceparent", traceparent);
        using var response = await Client.SendAsync(request);
        return (int)response.StatusCode;
    }

    /// <summary>Stops the host the way a service manager does, so that it exports what it has.</summary>
    public Task TerminateAsync() => _process.TerminateAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
    }
}
