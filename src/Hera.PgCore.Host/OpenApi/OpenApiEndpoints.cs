using System.Security.Cryptography;
using Hera.PgCore.Rpc;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Hera.PgCore.Host.OpenApi;

/// <summary><c>/openapi/v1.json</c> for generators, and the same for people at <c>/docs</c>, with nothing loaded from elsewhere.</summary>
internal static class OpenApiEndpoints
{
    private const string Document = "/openapi/v1.json";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Document, AnswerAsync);
        routes.MapScalarApiReference("/docs", (options, http) =>
        {
            var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            http.Response.Headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
                + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
            options.WithTitle("HERA Integration Runtime").WithNonce(nonce).WithOpenApiRoutePattern(Document).DisableDefaultFonts().DisableTelemetry().DisableAgent();
            options.HideClientButton = true;
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        });
    }

    private static async Task AnswerAsync(HttpContext http, RpcCatalogue catalogue, OpenApiDocumentCache cache)
    {
        var document = await cache.GetAsync(await catalogue.ListAsync(http.RequestAborted));
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = document.Length;
        await http.Response.Body.WriteAsync(document, http.RequestAborted);
    }
}

/// <summary>Keeps the document until the catalogue has been read anew.</summary>
internal sealed class OpenApiDocumentCache(OpenApiBuilder builder)
{
    private volatile Tuple<IReadOnlyDictionary<string, RpcSignature>, byte[]>? _built;

    public async ValueTask<byte[]> GetAsync(IReadOnlyDictionary<string, RpcSignature> functions)
    {
        if (_built is { } built && ReferenceEquals(built.Item1, functions))
            return built.Item2;
        using var stream = new MemoryStream();
        await builder.Build(functions).SerializeAsJsonAsync(stream, OpenApiSpecVersion.OpenApi3_1);
        _built = new(functions, stream.ToArray());
        return _built.Item2;
    }
}
