using Hera.PgCore.Host;
using Hera.PgCore.Host.Development;
using Hera.PgCore.Host.Options;

try
{
    var environment = EnvironmentReader.OfProcess();
    if (args is ["--health"])
    {
        var urls = RuntimeOptions.Read(environment).Urls;
        environment.ThrowIfMistaken();
        return await HealthProbe.RunAsync(urls);
    }

    if (args.Length > 0)
        throw new StartupException($"'{args[0]}' is not understood: settings are environment variables, and the one argument is --health.");
    var isDevelopment = Settings.IsDevelopmentIn(environment);
    await using var development = isDevelopment && !environment.HasSecret("DATABASE_URL")
        ? await DevelopmentServer.StartAsync(environment, CancellationToken.None)
        : null;

    await using var app = HeraHost.Build(Settings.Read(development?.Environment ?? environment, isDevelopment));
    development?.Map(app);
    await app.StartAsync();
    if (development is not null)
        await development.IntroduceAsync(app, app.Lifetime.ApplicationStopping);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (StartupException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
