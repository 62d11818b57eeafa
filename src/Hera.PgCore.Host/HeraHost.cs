using Hera.PgCore.Host.Connectors;
using Hera.PgCore.Host.Endpoints;
using Hera.PgCore.Host.Http;
using Hera.PgCore.Host.Observability;
using Hera.PgCore.Host.OpenApi;
using Hera.PgCore.Host.Options;
using Hera.PgCore.Host.Outbox;
using Hera.PgCore.Host.Pages;
using Hera.PgCore.Rpc;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hera.PgCore.Host;

/// <summary>Puts the host together from its settings; nothing else reads the environment.</summary>
internal static class HeraHost
{
    public const string DefaultUrl = "http://0.0.0.0:3000";

    public static WebApplication Build(Settings settings, Action<IServiceCollection>? customize = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            EnvironmentName = settings.IsDevelopment ? Environments.Development : Environments.Production,
        });
        // The settings are all there is: no files and no further variables configure the host behind their back.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        AddLogging(builder.Logging, settings.Logging);
        builder.WebHost.UseKestrelHttpsConfiguration().UseUrls(settings.Runtime.Urls is { Count: > 0 } urls ? [.. urls] : [DefaultUrl]);
        builder.WebHost.ConfigureKestrel(kestrel => ServerLimits.Apply(kestrel, settings.Edge));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        AddServices(builder.Services, settings);
        builder.AddMonitoring(settings);
        customize?.Invoke(builder.Services);

        var app = builder.Build();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Hera.PgCore.Host.Requests");
        app.UseFrontDoor(settings.Edge);
        app.Use((http, next) => RequestId.AssignAsync(http, next, log));
        app.Use((http, next) => Problem.GuardAsync(http, next, log));
        app.UseMonitoring(settings.Monitoring);
        app.UseRouting();
        app.UseLimits(settings.Edge);
        // Here, since the framework would put it before the proxy's word is heard: a sign-in comes back through it.
        app.UseAuthentication();
        app.MapApi(settings.Runtime.ServesApi);
        if (settings.Runtime.ServesApi)
            app.UseUserInterface();
        foreach (var hint in settings.Hints)
            log.LogWarning("{Hint}", hint);
        if (settings.Database.EncryptionKey is null)
            log.LogWarning("HERA_ENCRYPTION_KEY is not set: whatever stores or reads a secret will answer encryption.key_missing");
        return app;
    }

    private static void AddLogging(ILoggingBuilder logging, LoggingOptions options)
    {
        logging.ClearProviders();
        logging.Configure(factory => factory.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        logging.AddJsonConsole(console =>
        {
            console.IncludeScopes = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
        logging.SetMinimumLevel(options.Level);
        // Its keys are not used, see KeyedProtection; and that a page with a form is not to be cached, it need not say at each.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Its lines hold query strings: codes and states of authorizations, tokens of handshakes.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        if (options.Level > LogLevel.Debug)
            logging.AddFilter("Microsoft.AspNetCore", options.Level > LogLevel.Warning ? options.Level : LogLevel.Warning);
    }

    private static void AddServices(IServiceCollection services, Settings settings)
    {
        var (api, worker, key) = settings.Database;
        services.AddSingleton(settings.Runtime).AddSingleton(settings.Webhooks).AddSingleton(settings.Tokens);
        services.AddTokenAuthentication(settings.Tokens, settings.IsDevelopment);
        services.AddSingleton(_ => new HeraDatabase(HeraDatabaseOptions.ForApi(api, key)));
        services.AddSingleton<RpcCatalogue>().AddSingleton<IdentityResolver>().AddSingleton<CallerResolver>().AddSingleton<Gateway>().AddSingleton<RestEndpoints>().AddSingleton<InboundEndpoints>().AddSingleton<HealthState>();
        services.AddSingleton(provider => new ConnectorRpc(provider.GetRequiredService<HeraDatabase>())).AddSingleton<OAuthEndpoints>();
        services.AddEdge(settings.Edge);
        services.AddUserInterface(settings);
        services.AddSingleton<OpenApiBuilder>().AddSingleton<OpenApiDocumentCache>();
        AddBackground<RefusalLog>(services);

        services.AddKeyedSingleton("worker", (_, _) => new HeraDatabase(HeraDatabaseOptions.ForWorker(worker, key)));
        services.AddSingleton(provider => new OutboxRpc(provider.GetRequiredKeyedService<HeraDatabase>("worker")));
        services.AddSingleton(provider => new OutboxChannel(provider.GetRequiredKeyedService<HeraDatabase>("worker")));
        services.TryAddSingleton(_ => GuardedConnector.WithSystemResolver());
        services.AddSingleton(provider => new Sender(provider.GetRequiredService<GuardedConnector>(), provider.GetRequiredService<ILogger<Sender>>(), settings.Webhooks.Signs));
        services.AddSingleton<OutboxPipelineFactory>().AddSingleton(provider => provider.GetRequiredService<OutboxPipelineFactory>().Create());
        services.AddSingleton(provider => new TaskRunner(
            new ConnectorRpc(provider.GetRequiredKeyedService<HeraDatabase>("worker")),
            provider.GetRequiredService<Sender>(),
            provider.GetRequiredService<OutboxPipeline>(),
            new PipelineOptions(),
            provider.GetRequiredService<ILogger<TaskRunner>>()));
        services.AddSingleton<PlatformSettings>().AddSingleton<ManualRun>().AddSingleton<Poller>();
        services.AddSingleton(provider => new IdentityChannel(provider.GetRequiredKeyedService<HeraDatabase>("worker")));
        AddBackground<IdentityWatch>(services);
        AddBackground<SendingPolicy>(services);
        AddBackground<OutboxWakeup>(services);
        if (settings.Runtime.RunsWorker)
            services.AddHostedService(provider => provider.GetRequiredService<Poller>());
    }

    private static void AddBackground<T>(IServiceCollection services)
        where T : class, IHostedService =>
        services.AddSingleton<T>().AddHostedService(provider => provider.GetRequiredService<T>());
}
