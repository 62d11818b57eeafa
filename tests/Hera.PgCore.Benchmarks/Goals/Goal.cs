using Hera.PgCore.Benchmarks.Measuring;
using Hera.PgCore.Benchmarks.Stage;

namespace Hera.PgCore.Benchmarks.Goals;

/// <summary>One goal.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Title">What is compared with what.</param>
/// <param name="MeasureAsync">Measures it.</param>
internal sealed record Goal(int Number, string Title, Func<BenchStage, Task<Outcome>> MeasureAsync);
