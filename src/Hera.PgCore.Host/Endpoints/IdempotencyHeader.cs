using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Endpoints;

/// <summary>Carries an idempotency key from its header to the argument where the function looks for it.</summary>
internal static class IdempotencyHeader
{
    private static readonly string[] Names = ["Idempotency-Key", "X-Idempotency-Key"];

    public static void Add(HttpRequest request, RpcSignature signature, List<RpcArgument> arguments)
    {
        foreach (var name in Names)
        {
            var values = request.Headers[name];
            if (values.Count > 0)
                IdempotencyKey.Add(signature, arguments, values.ToString(), $"The header {name}");
        }
    }
}
