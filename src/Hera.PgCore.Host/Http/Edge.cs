using System.IO.Compression;
using Hera.PgCore.Host.Http.RateLimits;
using Hera.PgCore.Host.Options;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;

namespace Hera.PgCore.Host.Http;

/// <summary>What a request passes before any route sees it: proxies, headers of protection, compression, limits, origins.</summary>
internal static class Edge
{
    private static readonly string[] ExposedHeaders =
        ["X-Request-Id", "Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "RateLimit-Policy"];

    public static void AddEdge(this IServiceCollection services, EdgeOptions options)
    {
        services.AddSingleton(options).AddSingleton<RedisConnection>();
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. options.CorsOrigins]).AllowAnyHeader().AllowAnyMethod().WithExposedHeaders(ExposedHeaders).SetPreflightMaxAge(TimeSpan.FromMinutes(10))));
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["application/json", "application/problem+json"];
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);

        services.AddHybridCache();
        // A failing Redis is told once, by RedisConnection, and a refusal where it is answered.
        services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Caching", LogLevel.None));
        if (options.Redis is not null)
        {
            services.AddStackExchangeRedisCache(_ => { });
            services.AddOptions<Microsoft.Extensions.Caching.StackExchangeRedis.RedisCacheOptions>().Configure<RedisConnection>((cache, redis) =>
            {
                cache.ConnectionMultiplexerFactory = redis.OpenAsync;
                cache.InstanceName = "hera:";
            });
        }

        if (options.RequestsPerMinute is { } limit)
            AddRateLimit(services, limit, options.Redis is not null);
    }

    /// <summary>What comes first, before a request has an id.</summary>
    public static void UseFrontDoor(this IApplicationBuilder app, EdgeOptions options)
    {
        if (options.TrustedProxies.Count > 0)
            app.UseForwardedHeaders(Forwarded(options.TrustedProxies));
        app.Use(ProtectAsync);
        // A secret is shown once, in the answer to the POST that made it; compressed beside text of the caller's, its length would tell of it.
        app.UseWhen(http => HttpMethods.IsGet(http.Request.Method), branch => branch.UseResponseCompression());
    }

    /// <summary>What a request must pass once its route is known.</summary>
    public static void UseLimits(this IApplicationBuilder app, EdgeOptions options)
    {
        app.Use((http, next) =>
        {
            ServerLimits.Check(http.Request);
            return next(http);
        });
        app.UseCors();
        if (options.RequestsPerMinute is not null)
        {
            var limiting = app.ApplicationServices.GetRequiredService<RateLimiting>();
            app.Use(limiting.InvokeAsync);
        }
    }

    private static void AddRateLimit(IServiceCollection services, int limit, bool isShared)
    {
        services.AddSingleton<RateLimiting>().AddSingleton<IRateLimit>(provider =>
        {
            var memory = new MemoryRateLimit(limit, RateLimiting.Window, TimeProvider.System);
            return isShared ? new RedisRateLimit(provider.GetRequiredService<RedisConnection>(), memory, limit, RateLimiting.Window) : memory;
        });
    }

    private static ForwardedHeadersOptions Forwarded(IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        // The framework trusts loopback by itself; here counts what the operator names.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in proxies)
            options.KnownIPNetworks.Add(network);
        return options;
    }

    /// <summary>Headers for browsers. A page that needs more than nothing sets a policy of its own.</summary>
    private static Task ProtectAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        if (http.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        return next(http);
    }
}
