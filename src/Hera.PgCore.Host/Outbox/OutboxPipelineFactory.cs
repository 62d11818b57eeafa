using Hera.PgCore.Host.Options;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Outbox;

/// <summary>Makes pipelines that share one sender and its connections.</summary>
internal sealed class OutboxPipelineFactory(OutboxRpc outbox, Sender sender, RuntimeOptions options, ILogger<OutboxPipeline> log)
{
    public OutboxPipeline Create() => new(outbox, sender, new PipelineOptions(), options.WorkerSchedule, log);
}
