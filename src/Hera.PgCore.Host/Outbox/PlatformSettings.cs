using System.Text.Json;
using Hera.PgCore.Host.Options;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Outbox;

/// <summary>Writes the webhook settings of the environment to the platform organization, or takes them out, once after each start.</summary>
internal sealed class PlatformSettings(HeraDatabase database, WebhookOptions options)
{
    private bool _written;

    public async Task WriteOnceAsync(CancellationToken cancellation)
    {
        if (_written)
            return;
        var argument = options.AllowHttp is null && options.AllowedNetworks is null
            ? RpcArgument.NoJson("p_webhook")
            : RpcArgument.Json("p_webhook", ToJson());
        await database.CallAsync("hera_platform_settings_v1", [argument], cancellation);
        _written = true;
    }

    private byte[] ToJson()
    {
        var settings = new Dictionary<string, object>();
        if (options.AllowHttp is { } allowHttp)
            settings["allow_http"] = allowHttp;
        if (options.AllowedNetworks is { } networks)
            settings["allowed_networks"] = networks;
        return JsonSerializer.SerializeToUtf8Bytes(settings);
    }
}
