using Hera.PgCore.Fakes.Apis;
using Hera.PgCore.Fakes.Callbacks;
using Hera.PgCore.Fakes.Control;
using Hera.PgCore.Fakes.OAuth;
using Hera.PgCore.Fakes.State;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddSingleton<Providers>();
builder.Services.AddSingleton<RequestLog>();
builder.Services.AddSingleton<Failures>();
builder.Services.AddSingleton<Campaigns>();
builder.Services.AddHttpClient();

var app = builder.Build();
app.UseMiddleware<Recorder>();
app.MapHubSpotOAuth();
app.MapLinkedInOAuth();
app.MapMetaOAuth();
app.MapHubSpotApi();
app.MapLinkedInApi();
app.MapMetaApi();
app.MapWhatsAppApi();
app.MapZapierApi();
app.MapControl();
app.MapCallbacks();

await app.StartAsync();
// Whoever started this reads where it listens from the first line.
Console.WriteLine($"listening on {app.Urls.First()}");
if (args.Contains("--stop-with-stdin"))
{
    // It never outlives the one who started it, however that one ended.
    await Console.In.ReadToEndAsync();
    await app.StopAsync();
}
await app.WaitForShutdownAsync();
