using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hera.PgCore.Host.Pages;

/// <summary>The files of the pages. They are part of the program, and an address names the content, so browsers may keep it for good.</summary>
internal static class PageFiles
{
    private const string Prefix = "Hera.PgCore.Host.Pages.Assets.";

    private static readonly FrozenDictionary<string, byte[]> Files = typeof(PageFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Read);

    private static readonly FrozenDictionary<string, string> Addresses = Files.ToFrozenDictionary(
        file => file.Key, file => $"/assets/{Convert.ToHexStringLower(SHA256.HashData(file.Value))[..16]}/{file.Key}");

    /// <summary>Where a browser finds the file.</summary>
    public static string Address(string name) => Addresses[name];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/assets/{version}/{name}", Results<FileContentHttpResult, NotFound> (HttpContext http, string name) =>
    {
        if (!Files.TryGetValue(name, out var content))
            return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.File(content, Path.GetExtension(name) switch { ".css" => "text/css", ".svg" => "image/svg+xml", _ => "text/javascript" });
    });

    private static byte[] Read(string resource)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
