using System.Diagnostics.CodeAnalysis;

namespace Hera.PgCore.Host.Endpoints;

/// <summary>
/// One route of the API: which function it calls, and how a request becomes that function's arguments. Actor and organization
/// come from the token and the header; every other argument from path, query or body.
/// </summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Path below each of the API's prefixes.</param>
/// <param name="Function">The function that answers.</param>
/// <param name="Tag">The group that it is documented in.</param>
/// <param name="Summary">One line for people.</param>
internal sealed record ApiRoute(string Method, string Path, string Function, string Tag, string Summary)
{
    /// <summary>The operation, where the route stands for one; else the body names it.</summary>
    public string? Operation { get; init; }

    /// <summary>
    /// The jsonb parameter (without <c>p_</c>) that takes what is no argument by itself: of a GET the query parameters, of a POST
    /// the whole body unless it has a property of this name.
    /// </summary>
    public string? Document { get; init; }

    /// <summary>What the <c>{id}</c> in the path is: an argument (without <c>p_</c>) or a key of <see cref="Document"/>.</summary>
    public string? Id { get; init; }

    /// <summary>The query parameters that a GET understands. The function checks them; this list is for documentation.</summary>
    public IReadOnlyList<string> Query { get; init; } = [];

    /// <summary>The function that answers bodies with a property <c>operation</c>, where that is another one.</summary>
    public string? FunctionOfOperations { get; init; }

    /// <summary>The parameter (without <c>p_</c>) that a body which is a bare array stands for.</summary>
    public string? Array { get; init; }

    /// <summary>Largest body in bytes.</summary>
    public int MaxBody { get; init; } = ApiRoutes.MaxBody;

    /// <summary>A body that works as it stands, but for ids.</summary>
    [StringSyntax(StringSyntaxAttribute.Json)]
    public string? Example { get; init; }

    /// <summary>Whether the path holds an id.</summary>
    public bool HasId => Id is not null;
}
