using Hera.PgCore.Host;
using Hera.PgCore.Host.Options;

try
{
    var environment = EnvironmentReader.OfProcess();
    await using var app = HeraHost.Build(Settings.Read(environment, Settings.IsDevelopmentIn(environment)));
    await app.RunAsync();
    return 0;
}
catch (StartupException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
