using System.Reflection;
using Hera.PgCore.Host.Options;

namespace Hera.PgCore.Host.Endpoints;

/// <summary>Health for people and balancers: bare answers, no authentication.</summary>
internal static class HealthEndpoints
{
    private const string Healthy = "healthy";
    private const string Unhealthy = "unhealthy";

    public static readonly string Version = typeof(HealthEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion.Split('+')[0];

    public static void MapGateway(RouteGroupBuilder api) => api.MapGet("/health", GatewayAsync).DisableRateLimiting();

    public static void MapProbes(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/livez", () => Results.Text("ok")).DisableRateLimiting();
        routes.MapGet("/readyz", async (HealthState health, HttpContext http) =>
            await health.IsReadyAsync(http.RequestAborted) ? Results.Text("ok") : Results.Text("not ready", statusCode: 503)).DisableRateLimiting();
    }

    public static async Task<IResult> WorkerAsync(HealthState health, HttpContext http)
    {
        var ok = await health.IsDatabaseHealthyAsync(http.RequestAborted) && health.IsWorkerHealthy;
        return Answer(ok, new { status = ok ? Healthy : Unhealthy, timestamp = Now(), version = Version });
    }

    private static async Task<IResult> GatewayAsync(HealthState health, RuntimeOptions options, HttpContext http)
    {
        var database = await health.IsDatabaseHealthyAsync(http.RequestAborted);
        var guardrails = database && await health.HasGuardrailsAsync(http.RequestAborted);
        var ok = database && guardrails && health.IsWorkerHealthy;
        return Answer(ok, new
        {
            status = ok ? Healthy : Unhealthy,
            timestamp = Now(),
            version = Version,
            components = new
            {
                api_gateway = options.ServesApi ? Healthy : "disabled",
                guardrails = guardrails ? Healthy : Unhealthy,
                database = database ? Healthy : Unhealthy,
                outbox = !options.RunsWorker ? "disabled" : health.IsWorkerHealthy ? Healthy : Unhealthy,
            },
        });
    }

    private static IResult Answer<T>(bool ok, T body) => Results.Json(body, statusCode: ok ? 200 : 503);

    private static string Now() => DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
}
