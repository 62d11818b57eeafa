using Hera.PgCore.Fakes.State;

namespace Hera.PgCore.Fakes.OAuth;

internal static class GraphError
{
    public static IResult Answer(int status, int code, string message, int? subcode = null) =>
        Results.Text(KnownErrors.Graph(code, message, subcode), "application/json", statusCode: status);
}
