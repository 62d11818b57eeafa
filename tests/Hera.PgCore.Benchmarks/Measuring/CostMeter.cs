using System.Globalization;

namespace Hera.PgCore.Benchmarks.Measuring;

/// <summary>Processor seconds by process.</summary>
internal readonly record struct CostMeter(double Host, double Receiver, double Server)
{
    /// <summary>What was used since <paramref name="start"/>, in microseconds of one core per operation.</summary>
    public string PerOperation(CostMeter start, int operations) => string.Create(
        CultureInfo.InvariantCulture,
        $"core-µs each: host {(Host - start.Host) * 1e6 / operations:0}, receiver {(Receiver - start.Receiver) * 1e6 / operations:0}, server {(Server - start.Server) * 1e6 / operations:0}");
}
