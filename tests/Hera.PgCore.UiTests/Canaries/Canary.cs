using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hera.PgCore.UiTests.Canaries;

/// <summary>Markup that runs where a page does not encode it: out of text, and out of attributes in either quotes. It has no space, so that an address can hold it.</summary>
internal static class Canary
{
    /// <summary>The canary of a field; <paramref name="name"/> tells which it was.</summary>
    public static string Of(string name) => $"""
        "'><img/data-canary='{name}'/src='x'/onerror="window.canary='{name}'">
        """;

    public static string Quoted(string name) => JsonSerializer.Serialize(Of(name));

    /// <summary>The names of the canaries that stand in a text as they were stored.</summary>
    public static IEnumerable<string> In(string text) =>
        Regex.Matches(text, "<img/data-canary='([a-z-]+)'/src='x'/onerror=").Select(match => match.Groups[1].Value).Distinct();
}
