using System.Globalization;
using System.Net;

namespace Hera.PgCore.Tests.Outbox;

/// <summary>Ways to write an address that no webhook may reach.</summary>
internal static class SsrfForms
{
    private static readonly string[] Addresses =
        ["127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1", "100.64.0.1", "198.18.0.1", "224.0.0.1"];

    private static readonly string[] Others =
    [
        "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "[fe80::1]", "[fe80::1%25eth0]", "[fec0::1]", "[fc00::1]", "[fd00:ec2::254]",
        "[ff02::1]", "[2001:db8::1]", "[100::1]", "[2001::1]", "[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "[fe80::5efe:127.0.0.1]", "[3fff::1]",
        "localhost", "LOCALHOST", "localhost.", "localhost.localdomain", "foo.localhost", "ip6-localhost", "metadata.google.internal", "metadata",
        "127.0.0.1.nip.io", "localtest.me", "1.0.0.127.in-addr.arpa", "kubernetes.default.svc", "example.com@127.0.0.1", "127.0.0.1#@example.com", "127.0.0.1\\@example.com",
        "user:pass@127.0.0.1", "xn--localhost-", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "ｌｏｃａｌｈｏｓｔ", "loc\u00adalhost", "127。0。0。1.nip.io",
    ];

    /// <summary>Hosts as they would stand in a URL.</summary>
    public static IEnumerable<string> Hosts() => Addresses.SelectMany(Forms).Concat(Others).Distinct();

    private static IEnumerable<string> Forms(string address)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        var number = ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
        var (high, low) = (number >> 16, number & 0xffff);
        yield return address;
        yield return address + ".";
        yield return number.ToString(CultureInfo.InvariantCulture);
        yield return $"0x{number:x8}";
        yield return $"0X{number:X}";
        yield return "0" + Convert.ToString(number, 8);
        yield return $"000000{Convert.ToString(number, 8)}";
        yield return string.Join('.', bytes.Select(part => $"0x{part:x2}"));
        yield return string.Join('.', bytes.Select(part => "0" + Convert.ToString(part, 8)));
        yield return string.Join('.', bytes.Select(part => "000" + Convert.ToString(part, 8)));
        yield return $"0x{bytes[0]:x}.{bytes[1]}.0{Convert.ToString(bytes[2], 8)}.{bytes[3]}";
        yield return $"{bytes[0]}.{number & 0xffffff}";
        yield return $"{bytes[0]}.{bytes[1]}.{number & 0xffff}";
        yield return Map(address, '０', '.');
        yield return Map(address, '⁰', '.');
        yield return address.Replace('.', '。');
        yield return address.Replace('.', '．');
        yield return address.Replace('.', '｡');
        yield return address.Replace(".", "%2e", StringComparison.Ordinal);
        yield return string.Concat(address.Select(letter => $"%{(int)letter:x2}"));
        yield return $"[::ffff:{address}]";
        yield return $"[::ffff:{high:x}:{low:x}]";
        yield return $"[0:0:0:0:0:ffff:{high:x}:{low:x}]";
        yield return $"[::{address}]";
        yield return $"[::ffff:0:{address}]";
        yield return $"[64:ff9b::{address}]";
        yield return $"[64:ff9b:1::{high:x}:{low:x}]";
        yield return $"[2002:{high:x}:{low:x}::1]";
        yield return $"[2001:0:{high:x}:{low:x}::1]";
    }

    private static string Map(string address, char zero, char dot) =>
        string.Concat(address.Select(letter => letter == '.' ? dot : (char)(letter - '0' + zero)));
}
