using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Hera.PgCore.Host.Http;

/// <summary>The bytes of a request, in a rented buffer until disposed.</summary>
internal readonly struct RequestBody : IDisposable
{
    private static readonly ReadOnlyMemory<byte> EmptyObject = "{}"u8.ToArray();

    private readonly byte[]? _buffer;

    private RequestBody(byte[]? buffer, int length)
    {
        _buffer = buffer;
        Bytes = buffer.AsMemory(0, length);
    }

    /// <summary>The body as it came.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The JSON as it came; no body at all counts as an empty object.</summary>
    public ReadOnlyMemory<byte> Utf8 => Bytes.IsEmpty ? EmptyObject : Bytes;

    /// <summary>Reads a JSON body, as <see cref="ReadBytesAsync"/> does.</summary>
    /// <exception cref="BadHttpRequestException">415 where it is not JSON, 413 where it is too large.</exception>
    public static ValueTask<RequestBody> ReadAsync(HttpContext http, int limit)
    {
        var hasBody = http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false };
        if (hasBody && !IsJson(http.Request.ContentType))
            throw new BadHttpRequestException("The body is not JSON.", StatusCodes.Status415UnsupportedMediaType);
        return ReadBytesAsync(http, limit);
    }

    /// <summary>
    /// Reads the body. One beyond <paramref name="limit"/> bytes is still taken off the wire, up to the server's own limit:
    /// a connection that is cut while the caller sends shows the caller a broken pipe instead of the answer.
    /// </summary>
    /// <exception cref="BadHttpRequestException">413 where it is too large.</exception>
    public static async ValueTask<RequestBody> ReadBytesAsync(HttpContext http, int limit)
    {
        var request = http.Request;
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(request.ContentLength ?? 4096, 64 * 1024) + 1);
        var length = 0;
        try
        {
            while (await request.Body.ReadAsync(buffer.AsMemory(length), http.RequestAborted) is var read and > 0)
            {
                length += read;
                if (length > limit)
                {
                    await request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
                    throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
                }

                if (length == buffer.Length)
                    buffer = Grow(buffer);
            }

            return new RequestBody(buffer, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    public void Dispose()
    {
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return larger;
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
