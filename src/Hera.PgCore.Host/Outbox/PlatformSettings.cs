using System.Text.Json;
using Hera.PgCore.Host.Options;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Outbox;

/// <summary>Writes what the environment says of webhooks, and the origin of this host, to the platform organization, or takes them out, once after each start.</summary>
internal sealed class PlatformSettings(HeraDatabase database, WebhookOptions options, RuntimeOptions runtime)
{
    private bool _written;

    public async Task WriteOnceAsync(CancellationToken cancellation)
    {
        if (_written)
            return;
        // A null takes out what an earlier start wrote.
        var settings = new Dictionary<string, object?>
        {
            ["allow_http"] = options.AllowHttp,
            ["allowed_networks"] = options.AllowedNetworks,
            ["signature_required"] = options.RequiresSignature,
            ["public_url"] = runtime.Origin,
        };
        var argument = RpcArgument.Json("p_webhook", JsonSerializer.SerializeToUtf8Bytes(settings));
        await database.CallAsync("hera_platform_settings_v1", [argument], cancellation);
        _written = true;
    }
}
