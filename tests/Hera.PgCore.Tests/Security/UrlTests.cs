using System.Text.Json;
using System.Text.Json.Nodes;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Security;

/// <summary>Where a webhook may not point, however it is written: at CREATE and at UPDATE.</summary>
public sealed class UrlTests
{
    private static readonly string[] Private =
    [
        "127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.254", "192.168.0.1", "169.254.169.254", "169.254.170.2", "100.64.0.1", "100.100.100.200",
        "0.0.0.0", "192.0.0.192", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "203.0.113.9", "192.88.99.1",
    ];

    private static readonly string[] Refused =
    [
        // Not a URL of a host that everybody reads alike.
        "", " ", "https://", "https:///x", "https://?x", "https://#", "//example.com", "example.com", "https:example.com", "https:/example.com", "https:\\\\example.com", "https://example.com\\@127.0.0.1/",
        "ftp://example.com/", "file:///etc/passwd", "gopher://127.0.0.1:6379/_", "javascript:alert(1)", "data:text/plain,x", "jar:https://example.com!/", "http://example.com/", "HTTP://example.com/",
        "https://user@example.com/", "https://user:password@example.com/", "https://example.com@127.0.0.1/", "https://127.0.0.1@example.com/", "https://example.com:443@127.0.0.1/", "https://@127.0.0.1/",
        "https://example.com#@127.0.0.1/", "https://127.0.0.1#.example.com/", "https://example.com/#fragment", "https://example.com/a b", "https://example.com/\t", "https://example.com/\r\nHost: x", " https://example.com/",
        "https://example.com /", "https://exam ple.com/", "https://example.com/ä", "https://example.com/\\x", "https://example.com:/", "https://example.com:0/", "https://example.com:65536/", "https://example.com:99999/",
        "https://example.com:x/", "https://example.com:-1/", "https://example.com:443:443/", "https://example.com:4 43/", "https://.example.com/", "https://example..com/", "https://-example.com/", "https://example-.com/",
        "https://example.com../", "https://exa_mple.com/", "https://*.example.com/", "https://%65xample.com/", "https://example%2ecom/", "https://127%2e0%2e0%2e1/", "https://%31%32%37.0.0.1/",
        // Digits of other scripts and the dots that IDNA takes for dots.
        "https://１２７.0.0.1/", "https://⑫⑦.0.0.1/", "https://127。0。0。1/", "https://127．0．0．1/", "https://127｡0｡0｡1/", "https://ｌｏｃａｌｈｏｓｔ/", "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "https://①⑥⑨.②⑤④.①⑥⑨.②⑤④/", "https://localhost\u3002/",
        "https://exаmple.com/", "https://example\u200b.com/", "https://example.com\u0000/", "https://١٢٧.0.0.1/",
        // Names of the machine and of private networks.
        "https://localhost/", "https://LOCALHOST/", "https://localhost./", "https://foo.localhost/", "https://foo.LocalHost./", "https://localhost:8080/", "https://localhost.localdomain/", "https://ip6-localhost/", "https://ip6-loopback/",
        "https://intranet/", "https://router/", "https://metadata/", "https://metadata.google.internal/", "https://METADATA.google.INTERNAL./", "https://instance-data/", "https://instance-data.ec2.internal/", "https://printer.local/",
        "https://nas.home.arpa/", "https://x.local./", "https://kubernetes.default.svc.cluster.local/",
        // IPv6: own, mapped, carried, reserved, and brackets around what is none.
        "https://[::1]/", "https://[::]/", "https://[0:0:0:0:0:0:0:1]/", "https://[0000::0001]/", "https://[::0001]/", "https://[::127.0.0.1]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[::FFFF:10.0.0.1]/",
        "https://[0:0:0:0:0:ffff:a9fe:a9fe]/", "https://[::ffff:0:127.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://[64:ff9b::169.254.169.254]/", "https://[64:ff9b:1::a00:1]/", "https://[2002:7f00:1::]/", "https://[2002:a9fe:a9fe::1]/",
        "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", "https://[2001:db8::1]/", "https://[2001:10::1]/", "https://[2001:20::1]/", "https://[3fff::1]/", "https://[100::1]/", "https://[5f00::1]/", "https://[fc00::1]/", "https://[fd00::1]/",
        "https://[fd00:ec2::254]/", "https://[fd20:ce::254]/", "https://[fe80::1]/", "https://[fe80::1%25eth0]/", "https://[fe80::1%eth0]/", "https://[fec0::1]/", "https://[ff02::1]/", "https://[ff0e::1]/", "https://[::ffff:8.8.8.8]/", "https://::1/",
        "https://[127.0.0.1]/", "https://[8.8.8.8]/", "https://[localhost]/", "https://[]/", "https://[::1/", "https://::1]/", "https://[::1]x/", "https://[[::1]]/", "https://[::1].example.com/", "https://[v1.fe80]/", "https://[1::2::3]/", "https://[12345::1]/",
    ];

    private static readonly string[] Taken =
    [
        "https://example.com", "https://example.com/", "https://EXAMPLE.com/Hook", "https://example.com:8443/a/b?c=d&e=%20f", "https://sub.domain.example.co.uk/x", "https://xn--bcher-kva.example/", "https://example.com./", "https://a-b.example.com/",
        "https://1.1.1.1/", "https://8.8.8.8:443/hook", "https://9.255.255.255/", "https://172.32.0.1/", "https://[2606:4700:4700::1111]/", "https://[2A00:1450:4001:81b::200e]:8443/x", "https://example.com?x=1", "https://example.com/~user/!$&'()*+,;=:@",
        "https://internal.example.com/", "https://local.example.com/", "https://localhost.example.com/", "https://127.0.0.1.example.com/", "https://3com.com/", "https://example.com:65535/", "https://example.com:1/",
    ];

    [Test]
    public async Task Private_and_odd_hosts_are_refused_and_public_ones_taken()
    {
        await using var tenants = await Tenants.CreateAsync();
        await using var dba = await TestLogin.CreateAsync("in role hera_dba");
        await using var prober = await Prober.CreateAsync(tenants, dba.Name);
        var refused = Refused.Concat(Private.SelectMany(Forms).Select(h => $"https://{h}/hook")).Distinct().Where(u => !u.Contains('\0', StringComparison.Ordinal)).ToArray();
        Assert.That(refused, Has.Length.GreaterThanOrEqualTo(200));
        foreach (var (urls, error) in new[] { (refused, "PT400"), (Taken, "00000") })
        {
            var results = await prober.RunAsync(urls.SelectMany(u => (string[])[Call(tenants.A, "CREATE", u), Call(tenants.A, "UPDATE", u)]), tenants.A.Organization);
            Assert.That(results.Where(r => r.Error != error).Select(r => r.ToString()), Is.Empty);
        }
    }

    private static string Call(Tenant tenant, string operation, string url) =>
        $"select hera_webhook_config_v1('{tenant.Admin}', '{tenant.Organization}', '{operation}', "
        + $"{RpcFunction.Quote(JsonSerializer.Serialize(new JsonObject { ["url"] = url }))}, null, '{tenant.Webhook}')";

    // Every way in which some program reads an IPv4 address: decimal, hexadecimal, octal, with parts left out, mixed, padded, within IPv6.
    private static IEnumerable<string> Forms(string address)
    {
        var p = address.Split('.').Select(uint.Parse).ToArray();
        var whole = (p[0] << 24) | (p[1] << 16) | (p[2] << 8) | p[3];
        return
        [
            address, $"{address}.", $"{address}:8080", $"{whole}", $"0x{whole:x}", $"0X{whole:X8}", $"0{Convert.ToString(whole, 8)}", $"{p[0]}.{(p[1] << 16) | (p[2] << 8) | p[3]}", $"{p[0]}.{p[1]}.{(p[2] << 8) | p[3]}",
            string.Join('.', p.Select(n => $"0x{n:x2}")), string.Join('.', p.Select(n => "0" + Convert.ToString(n, 8))), string.Join('.', p.Select(n => $"{n:000}")), $"0x{p[0]:x}.{p[1]}.0{Convert.ToString(p[2], 8)}.{p[3]}",
            $"{p[0]}.{p[1]}.{p[2]}.{p[3] + 256}", $"[::ffff:{address}]", $"[::ffff:{whole >> 16:x}:{whole & 0xffff:x}]", $"[::{address}]", $"[64:ff9b::{whole >> 16:x}:{whole & 0xffff:x}]", $"[2002:{whole >> 16:x}:{whole & 0xffff:x}::1]",
            $"{address}%00.example.com", $"{address}\u3002example.com",
        ];
    }
}
