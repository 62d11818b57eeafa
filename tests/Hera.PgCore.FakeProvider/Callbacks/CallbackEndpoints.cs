using System.Net.Http.Headers;
using System.Text;
using Hera.PgCore.Fakes.State;
using Microsoft.AspNetCore.WebUtilities;

namespace Hera.PgCore.Fakes.Callbacks;

/// <summary>Calls a given address as the provider would, and tells what it answered.</summary>
internal static class CallbackEndpoints
{
    public static void MapCallbacks(this IEndpointRouteBuilder app)
    {
        app.MapPost("/control/callbacks/{provider}", SendAsync);
        app.MapPost("/control/handshakes/{provider}", HandshakeAsync);
    }

    private static async Task<IResult> SendAsync(string provider, Callback callback, Providers providers, HttpClient client)
    {
        var body = Encoding.UTF8.GetBytes(callback.Body ?? Samples.Of(callback.Sample ?? provider));
        using var request = new HttpRequestMessage(HttpMethod.Post, callback.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var secret = callback.Secret ?? providers[provider].ClientSecret;
        foreach (var (name, value) in Signatures.Of(provider, secret, callback.SignedUrl ?? callback.Url, body, callback.SignedAt ?? DateTimeOffset.UtcNow))
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        return await AnswerAsync(response);
    }

    private static async Task<IResult> HandshakeAsync(string provider, Handshake handshake, Providers providers, HttpClient client)
    {
        var query = provider == "linkedin"
            ? new Dictionary<string, string?> { ["challengeCode"] = handshake.Challenge }
            : new Dictionary<string, string?>
            {
                ["hub.mode"] = "subscribe",
                ["hub.verify_token"] = handshake.VerifyToken ?? providers[provider].VerifyToken,
                ["hub.challenge"] = handshake.Challenge,
            };
        using var response = await client.GetAsync(QueryHelpers.AddQueryString(handshake.Url, query));
        return await AnswerAsync(response);
    }

    private static async Task<IResult> AnswerAsync(HttpResponseMessage response) => Results.Json(new
    {
        status = (int)response.StatusCode,
        content_type = response.Content.Headers.ContentType?.ToString(),
        body = await response.Content.ReadAsStringAsync(),
    });
}

/// <summary>A body, or a sample by name; <c>Secret</c>, <c>SignedUrl</c> and <c>SignedAt</c> make it a forged or a late one.</summary>
internal sealed record Callback(string Url, string? Body, string? Sample, string? Secret, string? SignedUrl, DateTimeOffset? SignedAt);

internal sealed record Handshake(string Url, string Challenge, string? VerifyToken);
