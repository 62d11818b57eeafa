using System.Diagnostics;
using System.Net.Http.Headers;

namespace Hera.PgCore.Benchmarks.Stage;

/// <summary>The limit of delivery: HttpClient posting the same body to the same receiver from as many senders, and nothing else.</summary>
internal static class RawPost
{
    public const int Senders = 64;

    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    /// <summary>Posts <paramref name="count"/> requests and answers how many a second.</summary>
    public static async Task<double> RateAsync(Receiver receiver, int count)
    {
        using var client = new HttpClient();
        await PostAsync(client, receiver, Senders * 10);
        var watch = Stopwatch.StartNew();
        await PostAsync(client, receiver, count);
        return count / watch.Elapsed.TotalSeconds;
    }

    private static async Task PostAsync(HttpClient client, Receiver receiver, int count)
    {
        // As long as a delivery's body: the event data and its envelope.
        var body = System.Text.Encoding.UTF8.GetBytes(Tenant.EventData(1).PadRight(Tenant.EventData(1).Length + 230));
        var taken = 0;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref taken) <= count)
            {
                using var content = new ByteArrayContent(body);
                content.Headers.ContentType = JsonType;
                using var response = await client.PostAsync(receiver.Urls[sender % receiver.Urls.Count], content);
                response.EnsureSuccessStatusCode();
            }
        })));
    }
}
