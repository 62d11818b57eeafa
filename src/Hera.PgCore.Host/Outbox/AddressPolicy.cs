using System.Net;
using System.Text.Json;

namespace Hera.PgCore.Host.Outbox;

/// <summary>Which addresses the sender may connect to. The rules are the database's; this only applies them.</summary>
internal sealed class AddressPolicy
{
    private readonly IPNetwork[] _blocked;
    private readonly IPNetwork[] _allowed;

    public AddressPolicy(bool allowHttp, IEnumerable<string> blocked, IEnumerable<string> allowed)
    {
        AllowHttp = allowHttp;
        _blocked = blocked.Select(ParseNetwork).ToArray();
        _allowed = allowed.Select(ParseNetwork).ToArray();
    }

    public bool AllowHttp { get; }

    /// <summary>Reads the answer of hera_outbox_settings_v1. A list that is missing is an error: an open door must not look like an empty rule.</summary>
    public static AddressPolicy Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new AddressPolicy(root.GetProperty("allow_http").GetBoolean(), Networks("blocked_networks"), Networks("allowed_networks"));

        IEnumerable<string> Networks(string name) => root.GetProperty(name).EnumerateArray().Select(element => element.GetString()!);
    }

    public bool Permits(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return Contains(_allowed, address) || !Contains(_blocked, address);
    }

    private static bool Contains(IPNetwork[] networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address))
                return true;
        }

        return false;
    }

    private static IPNetwork ParseNetwork(string text) => text.Contains('/', StringComparison.Ordinal)
        ? IPNetwork.Parse(text)
        : new IPNetwork(IPAddress.Parse(text), IPAddress.Parse(text).GetAddressBytes().Length * 8);
}
