using System.Buffers;
using System.Text;

namespace Hera.PgCore.Host.Http;

/// <summary>The frame of a successful answer: <c>{rid, data, actor, org}</c> around the function's own bytes.</summary>
internal static class Envelope
{
    public static async Task WriteAsync(HttpContext http, Caller caller, ReadOnlyMemory<byte> data)
    {
        var response = http.Response;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        // The rid consists of plain letters and digits, so nothing here needs escaping.
        var head = $"{{\"rid\":\"{RequestId.Of(http)}\",\"data\":";
        var tail = $",\"actor\":\"{caller.Actor:D}\",\"org\":\"{caller.Organization:D}\"}}";
        response.ContentLength = head.Length + data.Length + tail.Length;
        Encoding.ASCII.GetBytes(head, response.BodyWriter);
        response.BodyWriter.Write(data.Span);
        Encoding.ASCII.GetBytes(tail, response.BodyWriter);
        await response.BodyWriter.FlushAsync(http.RequestAborted);
    }
}
