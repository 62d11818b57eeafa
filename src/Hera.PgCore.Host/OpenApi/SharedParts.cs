using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Hera.PgCore.Host.OpenApi;

/// <summary>What operations share: who may call, the organization, idempotency keys, problems.</summary>
internal static class SharedParts
{
    public const string Id = "Id";
    public const string IdempotencyKey = "IdempotencyKey";

    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";
    private const string Problem = "Problem";
    private const string Organization = "Organization";
    private const string Token = "token";
    private const string ApiKey = "apiKey";

    private static readonly (string Status, string Name, string Description, string Error, string Detail)[] Problems =
    [
        ("400", "BadRequest", "The request is not understood; `detail` names what is wrong, `hint` the remedy.", "invalid_argument", "There is no property \"event_sorce\"."),
        ("401", "Unauthorized", "No valid token or key.", "invalid_token", "The token is missing, expired or not valid here."),
        ("403", "Forbidden", "The caller may not do this, or is no member of the organization.", "permission_denied", "This is not permitted."),
        ("404", "NotFound", "There is no such thing, or it is another organization's.", "not_found", "No such event."),
        ("409", "Conflict", "The request contradicts what is stored.", "conflict", "The request contradicts what is stored."),
        ("413", "TooLarge", "The body is too large.", "too_large", "The body is too large."),
        ("415", "UnsupportedMediaType", "The body is not declared as JSON.", "unsupported_media_type", "The body is not declared as JSON."),
        ("422", "KeyReused", "The idempotency key was used for something else.", "idempotency.mismatch", "This idempotency key belongs to other content."),
        ("429", "TooManyRequests", "Too many requests; `Retry-After` says when to go on.", "rate_limited", "Too many requests."),
        ("503", "Unavailable", "The database is away or overloaded; `Retry-After` says when to try again.", "unavailable", "The database cannot be reached."),
    ];

    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent(Token, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "A JWT, or an API key (`hera_…`) in its place.",
        });
        document.AddComponent(ApiKey, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "X-API-Key",
            Description = "An API key of a machine.",
        });
        document.AddComponent(Id, new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" });
        document.AddComponent(Problem, ProblemSchema());
        document.AddComponent(Organization, new OpenApiParameter
        {
            Name = "X-Organization-Id",
            In = ParameterLocation.Header,
            Description = "The organization to act in; else the token's claim `org_id`, else the first active membership.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
        });
        document.AddComponent(IdempotencyKey, new OpenApiParameter
        {
            Name = "Idempotency-Key",
            In = ParameterLocation.Header,
            Description = "The same key with the same content answers what the first call did and does nothing; with other content it is refused.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = "order-17-paid",
        });
        foreach (var problem in Problems)
            document.AddComponent(problem.Name, ProblemResponse(document, problem));
    }

    /// <summary>An operation that needs a caller, with everything but its request and its success.</summary>
    public static OpenApiOperation Operation(OpenApiDocument document, string tag, string id, string summary, string description)
    {
        var operation = new OpenApiOperation
        {
            OperationId = id,
            Summary = summary,
            Description = description,
            Tags = new HashSet<OpenApiTagReference> { new(tag, document) },
            Parameters = [new OpenApiParameterReference(Organization, document)],
            Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, document)] = [] },
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiKey, document)] = [] },
            ],
            Responses = new OpenApiResponses { ["200"] = new OpenApiResponse() },
        };
        foreach (var problem in Problems)
            operation.Responses[problem.Status] = new OpenApiResponseReference(problem.Name, document);
        return operation;
    }

    public static OpenApiResponse Answer(IOpenApiSchema schema, string description, JsonNode? example)
    {
        return new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, IOpenApiMediaType> { [Json] = new OpenApiMediaType { Schema = schema, Example = example } },
        };
    }

    public static void AddOperation(this OpenApiDocument document, string path, string method, OpenApiOperation operation)
    {
        if (!document.Paths.TryGetValue(path, out var item))
            document.Paths[path] = item = new OpenApiPathItem { Operations = [] };
        item.Operations![new HttpMethod(method)] = operation;
    }

    private static OpenApiSchema ProblemSchema()
    {
        OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "RFC 9457, with a machine code and the id of the request.",
            Required = new HashSet<string> { "type", "title", "status", "error", "rid" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Text("Always `about:blank`; `error` tells what happened."),
                ["title"] = Text("The words of the status."),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
                ["detail"] = Text("For people."),
                ["error"] = Text("A stable code for programs."),
                ["rid"] = Text("The id of the request."),
                ["hint"] = Text("What to do."),
            },
        };
    }

    private static OpenApiResponse ProblemResponse(OpenApiDocument document, (string Status, string Name, string Description, string Error, string Detail) problem)
    {
        var status = int.Parse(problem.Status, System.Globalization.CultureInfo.InvariantCulture);
        var response = new OpenApiResponse
        {
            Description = problem.Description,
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                [ProblemJson] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(Problem, document),
                    Example = new JsonObject
                    {
                        ["type"] = "about:blank",
                        ["title"] = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
                        ["status"] = status,
                        ["detail"] = problem.Detail,
                        ["error"] = problem.Error,
                        ["rid"] = "01a20c48928c7b94a397fa89d4a5c5a0",
                    },
                },
            },
        };
        if (status is 429 or 503)
        {
            response.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Retry-After"] = new OpenApiHeader { Description = "Seconds.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } },
            };
        }

        return response;
    }
}
