using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hera.PgCore.Tests.Infrastructure;

/// <summary>The fake provider as a process of its own, and what a test tells it and asks it.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    private const string Listening = "listening on ";

    private readonly Process _process;
    private readonly HttpClient _client;

    private FakeProvider(Process process, string url)
    {
        _process = process;
        Url = url;
        _client = new HttpClient { BaseAddress = new Uri(url) };
    }

    /// <summary>Its origin; a provider's addresses are below its name, <c>/hubspot</c> and so on.</summary>
    public string Url { get; }

    public static async Task<FakeProvider> StartAsync()
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Hera.PgCore.FakeProvider.dll"), "--urls", "http://127.0.0.1:0", "--stop-with-stdin"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync();
        return line?.StartsWith(Listening, StringComparison.Ordinal) == true
            ? new FakeProvider(process, line[Listening.Length..])
            : throw new InvalidOperationException($"the fake provider does not start: {line}");
    }

    /// <summary>The variables of a definition that point to it instead of the provider.</summary>
    public JsonObject Vars(string provider) => provider switch
    {
        "hubspot" => new() { ["api_url"] = $"{Url}/hubspot", ["app_url"] = $"{Url}/hubspot", ["forms_url"] = $"{Url}/hubspot" },
        "linkedin" => new() { ["api_url"] = $"{Url}/linkedin", ["oauth_url"] = $"{Url}/linkedin" },
        "meta" => new() { ["graph_url"] = $"{Url}/meta", ["dialog_url"] = $"{Url}/meta" },
        "whatsapp" => new() { ["graph_url"] = $"{Url}/whatsapp" },
        _ => throw new ArgumentException($"no provider {provider}", nameof(provider)),
    };

    public Task SetAppAsync(string provider, object settings) => PostAsync($"/control/apps/{provider}", settings);

    public Task ExpireTokensAsync(string provider) => PostAsync($"/control/tokens/{provider}/expire", null);

    public Task RevokeRefreshTokensAsync(string provider) => PostAsync($"/control/tokens/{provider}/revoke", null);

    /// <summary>Has a token work that OAuth did not issue.</summary>
    public Task AcceptTokenAsync(string provider, string token) => PostAsync($"/control/tokens/{provider}/{token}", null);

    /// <summary>What the next calls get: <c>{provider, path?, times?, after?, name? | status, body?, headers?, hang?, reset?}</c>.</summary>
    public Task FailAsync(object failure) => PostAsync("/control/failures", failure);

    public async Task SetCampaignsAsync(JsonArray campaigns)
    {
        using var response = await _client.PutAsJsonAsync("/control/campaigns", campaigns);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Has the provider call back: <c>{url, body? | sample?, secret?, signedUrl?, signedAt?}</c>; answers <c>{status, body}</c>.</summary>
    public Task<JsonElement> CallBackAsync(string provider, object callback) => PostAsync($"/control/callbacks/{provider}", callback);

    /// <summary>Has the provider prove an address: <c>{url, challenge, verifyToken?}</c>.</summary>
    public Task<JsonElement> ShakeHandsAsync(string provider, object handshake) => PostAsync($"/control/handshakes/{provider}", handshake);

    public async Task<List<JsonElement>> RequestsAsync(string provider, string path = "") =>
        (await _client.GetFromJsonAsync<List<JsonElement>>($"/control/requests?provider={provider}&path={Uri.EscapeDataString(path)}"))!;

    public async Task ForgetRequestsAsync()
    {
        using var response = await _client.DeleteAsync("/control/requests");
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<JsonElement> PostAsync(string path, object? body)
    {
        using var response = body is null ? await _client.PostAsync(path, null) : await _client.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
        var text = await response.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }
}
