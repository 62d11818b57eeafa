using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Hera.PgCore.Host.OpenApi;

/// <summary>The routes that call no function of a caller's: health, the worker, this document.</summary>
internal static class PlainOperations
{
    private const string Worker = """{"status": "healthy", "timestamp": "2026-01-30T10:30:00Z", "version": "0.1.0"}""";

    private const string Gateway = """
        {"status": "healthy", "timestamp": "2026-01-30T10:30:00Z", "version": "0.1.0",
         "components": {"api_gateway": "healthy", "guardrails": "healthy", "database": "healthy", "outbox": "healthy"}}
        """;

    private const string Challenge = """{"challengeCode": "890e4665-4dfe-4ab1-b689-ed553bceeed0", "challengeResponse": "9fd1…"}""";

    private const string Done = """{"success": true, "finished": true, "claimed": 2, "delivered": 2, "failed": 0, "dlq": 0}""";

    private const string Authorized = """{"success": true, "connector_code": "hubspot-crm", "error": null, "location": null}""";

    public static void AddTo(OpenApiDocument document)
    {
        var health = DocumentShapes.Object(("status", DocumentShapes.Text()), ("timestamp", DocumentShapes.Time()), ("version", DocumentShapes.Text()));
        Open("/api/v2/health", "getHealth", "Health", "Health for people: components in words.", "application/json", health, Gateway);
        Open("/outbox-worker/health", "getWorkerHealth", "Health", "Does the poller run?", "application/json", health, Worker);
        Open("/livez", "getLivez", "Health", "Does the process run?", "text/plain", DocumentShapes.Text(), null);
        Open("/readyz", "getReadyz", "Health", "May requests be sent here?", "text/plain", DocumentShapes.Text(), null);
        Closed("/outbox-worker/stats", HttpMethods.Get, "getWorkerStats", "Queue figures (platform admins).", """{"success": true}""");
        Closed("/outbox-worker/process", HttpMethods.Post, "processOutbox", "Deliver what is due now (platform admins).", Done);

        foreach (var (path, id) in ((string, string)[])[("", ""), ("/{installation}", "OfInstallation")])
        {
            Callback($"/api/v2/integrations/inbound/{{connector}}{path}", HttpMethods.Get, "getInbound" + id, "A provider proves that an address is meant for it.");
            Callback($"/api/v2/integrations/inbound/{{connector}}{path}", HttpMethods.Post, "postInbound" + id, "A provider's callback, proved by its own signature.");
        }

        document.AddOperation("/api/v2/integrations/oauth/callback", HttpMethods.Get, new OpenApiOperation
        {
            OperationId = "getOAuthCallback",
            Summary = "Where a provider sends the browser of somebody who has authorized an installation.",
            Tags = new HashSet<OpenApiTagReference> { new("Connectors", document) },
            Security = [],
            Parameters = [.. ((string[])["state", "code", "error", "error_description"]).Select(name => new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Query,
                Schema = DocumentShapes.Text(),
            })],
            Responses = new OpenApiResponses
            {
                ["200"] = new OpenApiResponse
                {
                    Description = "Authorized; where CONNECT was given no return_path.",
                    Content = new Dictionary<string, IOpenApiMediaType>
                    {
                        ["application/json"] = new OpenApiMediaType { Schema = DocumentShapes.Object(), Example = JsonNode.Parse(Authorized) },
                    },
                },
                ["303"] = new OpenApiResponse { Description = "To the return_path, with the outcome in its query." },
                ["400"] = new OpenApiResponse { Description = "Not begun here, over or used; or the provider said no." },
            },
        });

        void Callback(string path, string method, string id, string summary)
        {
            document.AddOperation(path, method, new OpenApiOperation
            {
                OperationId = id,
                Summary = summary,
                Tags = new HashSet<OpenApiTagReference> { new("Inbound", document) },
                Security = [],
                Parameters = [.. ((string[])["connector", "installation"]).Where(name => path.Contains($"{{{name}}}", StringComparison.Ordinal)).Select(name => new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Path,
                    Required = true,
                    Schema = name == "connector" ? DocumentShapes.Text() : DocumentShapes.Id(),
                    Example = name == "connector" ? "linkedin-api" : "0199c1c2-0000-7000-8000-000000000000",
                })],
                Responses = new OpenApiResponses
                {
                    ["200"] = new OpenApiResponse
                    {
                        Description = "What the connector's definition says; mostly nothing.",
                        Content = new Dictionary<string, IOpenApiMediaType>
                        {
                            ["application/json"] = new OpenApiMediaType { Schema = DocumentShapes.Object(), Example = JsonNode.Parse(Challenge) },
                        },
                    },
                    ["401"] = new OpenApiResponse { Description = "No valid signature." },
                    ["404"] = new OpenApiResponse { Description = "No such connector." },
                    ["413"] = new OpenApiResponse { Description = "The body is too large." },
                },
            });
        }

        void Open(string path, string id, string tag, string summary, string type, OpenApiSchema schema, string? example)
        {
            OpenApiResponse Answer(string description, string? text) => new()
            {
                Description = description,
                Content = new Dictionary<string, IOpenApiMediaType>
                {
                    [type] = new OpenApiMediaType { Schema = schema, Example = text is null ? null : JsonNode.Parse(text) },
                },
            };
            document.AddOperation(path, HttpMethods.Get, new OpenApiOperation
            {
                OperationId = id,
                Summary = summary,
                Tags = new HashSet<OpenApiTagReference> { new(tag, document) },
                Security = [],
                Responses = new OpenApiResponses { ["200"] = Answer("Yes.", example), ["503"] = Answer("No.", null) },
            });
        }

        void Closed(string path, string method, string id, string summary, string example)
        {
            var operation = SharedParts.Operation(document, "Outbox worker", id, summary, summary);
            var envelope = DocumentShapes.Object(("rid", DocumentShapes.Text()), ("data", DocumentShapes.Object()), ("actor", DocumentShapes.Id()), ("org", DocumentShapes.Id()));
            var answer = AnswerShapes.Example("");
            answer["data"] = JsonNode.Parse(example);
            operation.Responses!["200"] = SharedParts.Answer(envelope, "Done.", answer);
            document.AddOperation(path, method, operation);
        }
    }
}
