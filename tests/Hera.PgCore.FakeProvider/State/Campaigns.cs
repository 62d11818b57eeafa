using System.Text.Json.Nodes;

namespace Hera.PgCore.Fakes.State;

/// <summary>LinkedIn's campaigns, changed by tests and read by polls.</summary>
internal sealed class Campaigns
{
    private readonly Lock _lock = new();
    private JsonArray _campaigns =
    [
        Campaign(337643194, "Spring", 1767225600000),
        Campaign(337643195, "Summer", 1767225700000),
    ];

    public void Set(JsonArray campaigns)
    {
        lock (_lock)
            _campaigns = campaigns;
    }

    public (JsonArray Page, int Total) Read(int start, int count)
    {
        lock (_lock)
        {
            var ordered = _campaigns.OrderByDescending(it => (long)it!["changeAuditStamps"]!["lastModified"]!["time"]!).ToList();
            return (new JsonArray([.. ordered.Skip(start).Take(count).Select(it => it!.DeepClone())]), ordered.Count);
        }
    }

    private static JsonObject Campaign(long id, string name, long modified) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["status"] = "ACTIVE",
        ["account"] = "urn:li:sponsoredAccount:520866471",
        ["changeAuditStamps"] = new JsonObject { ["lastModified"] = new JsonObject { ["time"] = modified } },
    };
}
