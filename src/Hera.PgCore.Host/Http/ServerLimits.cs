using System.Security.Cryptography.X509Certificates;
using Hera.PgCore.Host.Endpoints;
using Hera.PgCore.Host.Options;
using Hera.PgCore.Rpc;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hera.PgCore.Host.Http;

/// <summary>
/// How much a request may be. The server's own limits on headers are twice ours: what it refuses it cuts off with a bare status, what
/// lies between is answered as a problem.
/// </summary>
internal static class ServerLimits
{
    private const int MaxHeaders = 100;
    private const int MaxHeaderBytes = 32 * 1024;
    private const int MaxTarget = 8 * 1024;

    public static void Apply(KestrelServerOptions kestrel, EdgeOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 2 * ApiRoutes.MaxBatchBody;
        kestrel.Limits.MaxRequestHeaderCount = 2 * MaxHeaders;
        kestrel.Limits.MaxRequestHeadersTotalSize = 2 * MaxHeaderBytes;
        kestrel.Limits.MaxRequestLineSize = 2 * MaxTarget;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = 2 * MaxHeaderBytes;
        // Who drips holds a connection for nothing.
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        if (options.Certificates is [var certificate, ..] chain)
        {
            kestrel.ConfigureHttpsDefaults(https =>
            {
                https.ServerCertificate = certificate;
                https.ServerCertificateChain = new X509Certificate2Collection(chain);
            });
        }
    }

    /// <exception cref="RpcException">414 or 431.</exception>
    public static void Check(HttpRequest request)
    {
        if (request.Path.Value!.Length + request.QueryString.Value!.Length > MaxTarget)
            throw new RpcException(414, "target_too_long", $"The address is longer than {MaxTarget} characters.", "Send long values in the body of a POST.");
        var bytes = 0;
        foreach (var (name, values) in request.Headers)
        {
            foreach (var value in values)
                bytes += name.Length + value!.Length + 4;
        }

        if (request.Headers.Count > MaxHeaders || bytes > MaxHeaderBytes)
            throw new RpcException(431, "headers_too_large", $"The request has more than {MaxHeaders} headers or {MaxHeaderBytes} bytes of them.", "Send fewer or shorter headers.");
    }
}
