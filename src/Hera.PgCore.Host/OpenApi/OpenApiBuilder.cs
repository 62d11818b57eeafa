using System.Text.Json.Nodes;
using Hera.PgCore.Host.Endpoints;
using Hera.PgCore.Host.Http;
using Hera.PgCore.Host.Options;
using Hera.PgCore.Rpc;
using Microsoft.OpenApi;

namespace Hera.PgCore.Host.OpenApi;

/// <summary>
/// Describes the API: the routes of the table, and each function by its name. What a function takes and says of itself comes from
/// the database's catalogue, so a function deployed later is described without a change here.
/// </summary>
internal sealed class OpenApiBuilder(RuntimeOptions options)
{
    private const string Json = "application/json";

    private const string Introduction = """
        Events in, once and only once; webhooks out, at least once. All routes answer with and without the prefix `/functions/v1/api-v2`.

        Success is 200 with `{rid, data, actor, org}`; `data` is the answer of the function that the route calls. An error is
        `application/problem+json` with a stable machine code in `error`. The functions themselves are below `/rest/v1/rpc`, as PostgREST
        and the Supabase clients call them, and answer `data` alone.
        """;

    public OpenApiDocument Build(IReadOnlyDictionary<string, RpcSignature> functions)
    {
        var document = new OpenApiDocument
        {
            Info = new OpenApiInfo { Title = "HERA Integration Runtime", Version = HealthEndpoints.Version, Description = Introduction },
            Servers = [new OpenApiServer { Url = options.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? "/" }],
            Paths = [],
            Tags = new HashSet<OpenApiTag>(),
        };
        SharedParts.AddTo(document);
        PlainOperations.AddTo(document);
        if (options.ServesApi)
        {
            foreach (var route in ApiRouteTable.All.Where(route => functions.ContainsKey(route.Function)))
                AddRoute(document, route, functions);
            foreach (var function in functions.Values.Where(function => function.Find(Gateway.ActorParameter) is not null).OrderBy(function => function.Name, StringComparer.Ordinal))
                AddFunction(document, function);
        }

        foreach (var tag in document.Paths.Values.SelectMany(path => path.Operations!.Values).SelectMany(operation => operation.Tags!).Select(tag => tag.Reference.Id!).Distinct())
            document.Tags.Add(new OpenApiTag { Name = tag });
        return document;
    }

    private static void AddRoute(OpenApiDocument document, ApiRoute route, IReadOnlyDictionary<string, RpcSignature> functions)
    {
        var function = functions[route.Function];
        var operation = SharedParts.Operation(document, route.Tag, OperationId(route), route.Summary, Description(function));
        if (route.HasId)
            operation.Parameters!.Add(QueryParameters.OfId(route));
        foreach (var name in route.Query)
            operation.Parameters!.Add(QueryParameters.Of(name));
        if (route.Method == HttpMethods.Post)
        {
            List<RpcSignature> answering = [function];
            if (route.FunctionOfOperations is { } other && functions.TryGetValue(other, out var second))
                answering.Add(second);
            operation.RequestBody = Body(RequestSchemas.OfRoute(route, answering), JsonNode.Parse(route.Example!));
            if (answering.Exists(one => one.TakesIdempotencyKey))
                operation.Parameters!.Add(new OpenApiParameterReference(SharedParts.IdempotencyKey, document));
        }

        operation.Responses!["200"] = SharedParts.Answer(Envelope(document, route.Function), "Done; `data` is the function's answer.", AnswerShapes.Example(route.Function));
        document.AddOperation("/api/v2" + route.Path, route.Method, operation);
    }

    private static void AddFunction(OpenApiDocument document, RpcSignature function)
    {
        var operation = SharedParts.Operation(document, "Functions", OperationId(function), FirstLine(function), Description(function));
        operation.RequestBody = Body(RequestSchemas.OfFunction(function), null);
        if (function.TakesIdempotencyKey)
            operation.Parameters!.Add(new OpenApiParameterReference(SharedParts.IdempotencyKey, document));
        operation.Responses!["200"] = SharedParts.Answer(AnswerShapes.Schema(function.Name), "The function's answer.", AnswerShapes.Data(function.Name));
        document.AddOperation("/rest/v1/rpc/" + function.Name, HttpMethods.Post, operation);
    }

    private static OpenApiRequestBody Body(OpenApiSchema schema, JsonNode? example) => new()
    {
        Required = schema.Required is { Count: > 0 },
        Content = new Dictionary<string, IOpenApiMediaType> { [Json] = new OpenApiMediaType { Schema = schema, Example = example } },
    };

    private static OpenApiSchema Envelope(OpenApiDocument document, string function) => new()
    {
        Type = JsonSchemaType.Object,
        Title = AnswerShapes.IsKnown(function) ? AnswerShapes.Title(function) : "Answer",
        Required = new HashSet<string> { "rid", "data", "actor", "org" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["rid"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The id of the request, as in the header X-Request-Id and in the log." },
            ["data"] = AnswerShapes.Schema(function),
            ["actor"] = new OpenApiSchemaReference(SharedParts.Id, document),
            ["org"] = new OpenApiSchemaReference(SharedParts.Id, document),
        },
    };

    private static string OperationId(ApiRoute route)
    {
        var words = route.Path.Split(['/', '-', '{', '}'], StringSplitOptions.RemoveEmptyEntries).Where(word => word != "integrations");
        return route.Method.ToLowerInvariant() + string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    /// <summary>In camel case, since generators take an underscore for the end of a client's name.</summary>
    private static string OperationId(RpcSignature function)
    {
        var words = function.Name.Split('_', StringSplitOptions.RemoveEmptyEntries);
        return words[0] + string.Concat(words[1..].Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private static string FirstLine(RpcSignature function) => function.Description.Split('\n')[0];

    /// <summary>The function's own comment; its last paragraph is a statement to try in psql.</summary>
    private static string Description(RpcSignature function)
    {
        var text = function.Description.Trim();
        var example = text.LastIndexOf("\n\nselect ", StringComparison.Ordinal);
        if (example >= 0)
            text = $"{text[..example]}\n\n```sql\n{text[example..].Trim()}\n```";
        return $"Function `{function.Name}`.\n\n{text}";
    }
}
