using System.Runtime.CompilerServices;

namespace Hera.PgCore.Tests.Infrastructure;

/// <summary>The checked-out sources that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", ".."));

    public static string File(string path) => Path.Combine(Root, path);

    private static string Here([CallerFilePath] string path = "") => path;
}
