using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hera.PgCore.Host.Endpoints;
using Hera.PgCore.Rpc;
using Microsoft.AspNetCore.WebUtilities;

namespace Hera.PgCore.Host.Http;

/// <summary>Answers errors, those of the framework included: as problem JSON (RFC 9457), below <c>/rest/v1</c> as PostgREST does.</summary>
internal static class Problem
{
    private const string ContentType = "application/problem+json";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Runs the rest of the request and turns whatever goes wrong into an answer.</summary>
    public static async Task GuardAsync(HttpContext http, RequestDelegate next, ILogger log)
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
                await WriteAsync(http, OfStatus(http.Response.StatusCode));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (BadHttpRequestException exception)
        {
            await WriteAsync(http, OfStatus(exception.StatusCode));
        }
        catch (Exception exception)
        {
            var error = exception is RpcException known ? known.Error : ErrorMapper.Map(exception);
            if (error.Status >= 500)
            {
                log.LogError(
                    "{Method} {Path} ended with {Status} {Code}: {Cause}",
                    http.Request.Method,
                    http.Request.Path,
                    error.Status,
                    error.Code,
                    ErrorMapper.Describe(exception));
            }

            if (http.Response.HasStarted)
                http.Abort();
            else
                await WriteAsync(http, error);
        }
    }

    public static async Task WriteAsync(HttpContext http, RpcError error)
    {
        var isRest = RestError.IsAddressed(http);
        var response = http.Response;
        response.StatusCode = error.Status;
        response.ContentType = isRest ? RestError.ContentType : ContentType;
        response.Headers.CacheControl = "no-store";
        if (error.RetryAfterSeconds is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (error.Status == StatusCodes.Status401Unauthorized && error.Code != InboundEndpoints.BadSignature)
            response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";

        var bytes = isRest
            ? JsonSerializer.SerializeToUtf8Bytes(RestError.BodyOf(http, error), Readable)
            : JsonSerializer.SerializeToUtf8Bytes(BodyOf(http, error), Readable);
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    private static Dictionary<string, object> BodyOf(HttpContext http, RpcError error)
    {
        var body = new Dictionary<string, object>
        {
            ["type"] = "about:blank",
            ["title"] = ReasonPhrases.GetReasonPhrase(error.Status),
            ["status"] = error.Status,
            ["detail"] = error.Message,
            ["error"] = error.Code,
            ["rid"] = RequestId.Of(http),
        };
        if (error.Hint is { } hint)
            body["hint"] = hint;
        return body;
    }

    private static RpcError OfStatus(int status) => status switch
    {
        404 => new(404, "not_found", "There is nothing at this address.", "The routes are listed at /docs and in /openapi/v1.json."),
        405 => new(405, "method_not_allowed", "This address does not answer this method.", "The header Allow names those it answers."),
        408 => new(408, "request_timeout", "The request did not arrive in time."),
        413 => new(413, "too_large", "The body is too large.", "Send less at once; several small events go through events/batch."),
        415 => new(415, "unsupported_media_type", "The body is not declared as JSON.", "Send the header Content-Type: application/json."),
        _ => new(status, status < 500 ? "bad_request" : "internal_error", ReasonPhrases.GetReasonPhrase(status) + "."),
    };
}
