using System.Text;

namespace Hera.PgCore.Fakes.State;

/// <summary>Keeps every request to a provider, then answers it as a test has asked for, else lets it through.</summary>
internal sealed class Recorder(RequestDelegate next, RequestLog log, Failures failures)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var provider = request.Path.Value!.Split('/', 3)[1];
        if (provider == "control")
        {
            await next(context);
            return;
        }
        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, Encoding.UTF8, leaveOpen: true);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        request.Body.Position = 0;
        log.Add(new SeenRequest(provider, request.Method, request.Path, request.QueryString.Value ?? "",
            request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));

        if (failures.Take(provider, request.Path) is not { } failure)
            await next(context);
        else
            await FailAsync(context, failure);
    }

    private static async Task FailAsync(HttpContext context, Failure failure)
    {
        if (failure.Reset)
        {
            context.Abort();
            return;
        }
        if (failure.Hang)
        {
            var gone = new TaskCompletionSource();
            using var registration = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
            return;
        }
        context.Response.StatusCode = failure.Status;
        foreach (var (name, value) in failure.Headers ?? [])
            context.Response.Headers[name] = value;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(failure.Body ?? """{"message":"as a test asked for"}""");
    }
}
