using Hera.PgCore.Host.Endpoints;
using Hera.PgCore.Host.Http;
using Hera.PgCore.Rpc;
using Microsoft.OpenApi;

namespace Hera.PgCore.Host.OpenApi;

/// <summary>Bodies, as the parameters of the functions that take them.</summary>
internal static class RequestSchemas
{
    /// <summary>The properties of a route's body: the parameters but actor and organization, named without <c>p_</c>.</summary>
    public static OpenApiSchema OfRoute(ApiRoute route, IReadOnlyList<RpcSignature> functions)
    {
        var schema = Empty();
        foreach (var parameter in functions.SelectMany(function => function.Parameters).DistinctBy(parameter => parameter.Name))
        {
            if (parameter.Name is Gateway.ActorParameter or Gateway.OrganizationParameter)
                continue;
            var name = parameter.Name[2..];
            schema.Properties![name] = name == route.Document && FilterKeys(route) is { Count: > 0 } keys ? Filter(keys) : OfType(name, parameter.Type);
            if (functions.All(function => function.Find(parameter.Name) is { HasDefault: false }))
                schema.Required!.Add(name);
        }

        return schema;
    }

    /// <summary>The properties of a function called by its name: its parameters as they are; the caller need not be named.</summary>
    public static OpenApiSchema OfFunction(RpcSignature function)
    {
        var schema = Empty();
        foreach (var parameter in function.Parameters.Where(parameter => parameter.Name != Gateway.ActorParameter))
        {
            schema.Properties![parameter.Name] = OfType(parameter.Name[2..], parameter.Type);
            if (!parameter.HasDefault && parameter.Name != Gateway.OrganizationParameter)
                schema.Required!.Add(parameter.Name);
        }

        return schema;
    }

    private static OpenApiSchema Empty() => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>(),
        Required = new HashSet<string>(),
        AdditionalPropertiesAllowed = false,
    };

    private static List<string> FilterKeys(ApiRoute route) => ApiRouteTable.All
        .Where(other => other.Function == route.Function && other.Method == HttpMethods.Get).SelectMany(other => other.Query).Distinct().ToList();

    private static OpenApiSchema Filter(List<string> keys) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = keys.ToDictionary(key => key, IOpenApiSchema (key) => QueryParameters.SchemaOf(key)),
    };

    private static OpenApiSchema OfType(string name, string type) => type switch
    {
        "jsonb" or "json" => DocumentShapes.Of(name),
        "uuid" => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
        "integer" or "smallint" => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
        "bigint" => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
        "numeric" or "double precision" or "real" => new OpenApiSchema { Type = JsonSchemaType.Number },
        "boolean" => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        "timestamp with time zone" => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        _ when type.EndsWith("[]", StringComparison.Ordinal) => new OpenApiSchema { Type = JsonSchemaType.Array, Items = OfType(name, type[..^2]) },
        _ => new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
