using NUnit.Framework;

// Each fixture has databases, hosts and ports of its own, and most of its time it waits. Fixtures that measure the process, or what is
// told process-wide, are marked and run when all others are through.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]
