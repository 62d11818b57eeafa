namespace Hera.PgCore.Host.Endpoints;

/// <summary>All routes that call a function, in the order in which they are documented. What is written here is served and documented.</summary>
internal static class ApiRouteTable
{
    private const string Get = "GET";
    private const string Post = "POST";

    private static readonly string[] Page = ["limit", "cursor"];
    private static readonly string[] Period = ["since", "until"];

    /// <summary>The table.</summary>
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        .. Events(), .. Connectors(), .. Inbound(), .. Webhooks(), .. History(), .. Replays(), .. Transactions(), .. Monitoring(), .. Administration(),
    ];

    private static IEnumerable<ApiRoute> Events()
    {
        const string Tag = "Events";
        const string Path = "/integrations/events";
        yield return new(Post, Path, "hera_integration_event_in_v1", Tag, "Take one event in, once and only once.")
        {
            Example = """{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": 17}, "idempotency_key": "order-17-paid"}""",
        };
        yield return new(Post, Path + "/batch", "hera_integration_event_batch_v1", Tag, "Take up to 1,000 events in; one bad item harms no other.")
        {
            Array = "events",
            MaxBody = ApiRoutes.MaxBatchBody,
            Example = """{"events": [{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": 18}}]}""",
        };
        yield return new(Get, Path, "hera_integration_event_list_v1", Tag, "List events, the newest first.")
        {
            Document = "filter",
            Query = [.. Page, .. Period, "event_source", "event_type", "connector_code", "webhook_id", "status", "search"],
        };
        yield return new(Get, Path + "/{id}", "hera_integration_event_get_v1", Tag, "Read one event with its deliveries.") { Id = "event_id" };
        yield return new(Get, Path + "/{id}/explain", "hera_event_explain_v1", Tag, "Tell for each webhook why the event went there or did not.")
        {
            Id = "event_id",
        };
        yield return new(Post, "/integrations/publish", "hera_outbox_publish_v1", Tag, "Emit an event by its topic.")
        {
            Example = """{"topic": "shop.order.paid", "payload": {"order": 17}, "options": {"idempotency_key": "order-17-paid-too"}}""",
        };
    }

    private static IEnumerable<ApiRoute> Connectors()
    {
        const string Tag = "Connectors";
        const string Path = "/integrations/connectors";
        const string Function = "hera_integration_connector_v1";
        yield return new(Post, Path, Function, Tag, "Define, install, configure, pause or remove a connector.")
        {
            Example = """
                {"operation": "INSTALL", "connector_code": "zapier-webhook",
                 "installation_config": {"webhook_url": "https://hooks.zapier.com/hooks/catch/1/abc/", "inbound_token": "a-long-random-text"}}
                """,
        };
        yield return new(Get, Path, Function, Tag, "List connector definitions and installations.")
        {
            Operation = "LIST",
            Document = "options",
            Query = [.. Page, "connector_type", "connector_code", "status"],
        };
        yield return new(Get, Path + "/{id}", Function, Tag, "Read one connector by its code, with its installation.") { Operation = "GET", Id = "connector_code" };
        yield return new(Post, "/integrations/oauth", "hera_connector_oauth_v1", Tag, "Authorize an installation at its provider, or take that back.")
        {
            Example = """{"operation": "CONNECT", "connector_code": "hubspot-crm", "oauth": {"return_path": "/settings/integrations"}}""",
        };
        yield return new(Get, "/integrations/connector-health", "hera_connector_health_v1", Tag, "Tell how installations fare at their providers.")
        {
            Operation = "LIST",
            Query = ["connector_code"],
        };
        yield return new(Post, "/integrations/connector-health", "hera_connector_health_v1", Tag, "Check an installation at its provider now.")
        {
            Example = """{"operation": "CHECK", "connector_code": "whatsapp-business-cloud"}""",
        };
        yield return new(Post, "/integrations/actions", "hera_connector_action_v1", Tag, "Call an action of an installed connector.")
        {
            Example = """
                {"connector_code": "zapier-webhook", "action": "trigger_zap", "input": {"event": "invoice.paid", "data": {"total": 12.5}},
                 "options": {"idempotency_key": "invoice-17-paid"}}
                """,
        };
        yield return new(Post, "/integrations/assignments", Function, Tag, "Authorize an organization for a connector (platform admins).")
        {
            Example = """{"operation": "ASSIGN", "connector_code": "zapier-webhook"}""",
        };
        yield return new(Post, "/integrations/export", "hera_integration_export_v1", Tag, "Export installations and webhooks as one document.")
        {
            Example = """{"options": {"secrets": false}}""",
        };
        yield return new(Post, "/integrations/import", "hera_integration_import_v1", Tag, "Bring an exported document in, all or nothing.")
        {
            MaxBody = ApiRoutes.MaxBatchBody,
            Example = """
                {"document": {"format": "hera.integrations.v1",
                 "organizations": [{"code": "ACME", "name": "Acme", "definitions": [], "assignments": [], "installations": [], "webhooks": []}]}}
                """,
        };
    }

    private static IEnumerable<ApiRoute> Inbound()
    {
        const string Tag = "Inbound";
        const string Path = "/integrations/inbound-requests";
        const string Function = "hera_inbound_requests_v1";
        yield return new(Get, Path, Function, Tag, "List providers' requests, the newest first.")
        {
            Operation = "LIST",
            Document = "filter",
            Query = [.. Page, .. Period, "connector_code", "status"],
        };
        yield return new(Get, Path + "/{id}", Function, Tag, "Read one request as it came, secrets masked.") { Operation = "GET", Id = "request_id" };
        yield return new(Post, Path + "/rerun", "hera_inbound_rerun_v1", Tag, "Make events again of requests that could not be mapped.")
        {
            Document = "inbound",
            Example = """{"inbound": {"connector_code": "hubspot-crm", "since": "2026-01-31T12:00:00Z"}}""",
        };
        yield return new(Get, "/integrations/connector-schema", "hera_connector_schema_v1", Tag, "The JSON Schema of connector definitions.");
    }

    private static IEnumerable<ApiRoute> Webhooks()
    {
        const string Tag = "Webhooks";
        const string Path = "/integrations/webhooks";
        const string Function = "hera_webhook_config_v1";
        yield return new(Post, Path, Function, Tag, "Create, change, test or deactivate a webhook.")
        {
            Example = """{"operation": "CREATE", "webhook_config": {"url": "https://example.com/hook", "topics": ["shop.*"]}}""",
        };
        yield return new(Get, Path, Function, Tag, "List webhooks.")
        {
            Operation = "LIST",
            Document = "webhook_config",
            Query = [.. Page, "connector_code", "status"],
        };
        yield return new(Get, Path + "/{id}", Function, Tag, "Read one webhook.") { Operation = "GET", Id = "webhook_id" };
        yield return new(Post, Path + "/preview", "hera_webhook_preview_v1", Tag, "Try topics, a filter or a transform on the last events.")
        {
            Example = """{"webhook_config": {"topics": ["shop.*"], "filter": "$.total > 100"}, "limit": 50}""",
        };
    }

    /// <summary>The history answers below <c>integrations</c> as well as below <c>integrations/webhooks</c>.</summary>
    private static IEnumerable<ApiRoute> History()
    {
        const string Tag = "Deliveries";
        (string Path, string Function, string Summary, string[] Query)[] lists =
        [
            ("/deliveries", "hera_webhook_deliveries_v1", "deliveries with their status and its reason", ["webhook_id", "event_id", "status"]),
            ("/logs", "hera_webhook_logs_v1", "delivery attempts", ["webhook_id", "event_id", "delivery_id", "status"]),
            ("/dead-letters", "hera_webhook_dead_letters_v1", "deliveries that are not sent any more", ["webhook_id", "status", "reason", "cause"]),
        ];
        foreach (var (path, function, summary, query) in lists)
        {
            foreach (var parent in new[] { "/integrations", "/integrations/webhooks" })
            {
                yield return new(Get, parent + path, function, Tag, $"List {summary}.") { Document = "filter", Query = [.. Page, .. Period, .. query] };
                yield return new(Post, parent + path, function, Tag, $"List {summary}; the filter in the body.")
                {
                    Document = "filter",
                    Example = """{"filter": {"limit": 20}}""",
                };
            }
        }
    }

    private static IEnumerable<ApiRoute> Replays()
    {
        const string Tag = "Replays";
        const string Jobs = "hera_replay_job_v1";
        foreach (var path in new[] { "/integrations/replays", "/integrations/webhooks/replays" })
        {
            yield return new(Post, path, "hera_webhook_replay_v1", Tag, "Send dead letters again; with an operation, manage replay jobs.")
            {
                Document = "replay",
                FunctionOfOperations = Jobs,
                Example = """{"operation": "COUNT", "replay": {"webhook_id": "0199c1c2-0000-7000-8000-000000000000", "dead_letters": true}}""",
            };
            yield return new(Get, path, Jobs, Tag, "List replay jobs.")
            {
                Operation = "LIST",
                Document = "replay",
                Query = [.. Page, "webhook_id", "status"],
            };
            yield return new(Get, path + "/{id}", Jobs, Tag, "Read one replay job.") { Operation = "GET", Document = "replay", Id = "id" };
        }
    }

    private static IEnumerable<ApiRoute> Transactions()
    {
        const string Tag = "Transactions";
        yield return new(Post, "/transactions", "hera_transaction_post_v1", Tag, "Post a business transaction with its lines, through the guardrails.")
        {
            Example = """
                {"transaction": {"transaction_type": "journal", "smart_code": "HERA.FINANCE.TXN.JOURNAL.v1", "transaction_currency_code": "EUR"},
                 "lines": [{"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 10.50, "line_data": {"side": "DR"}},
                           {"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 10.50, "line_data": {"side": "CR"}}]}
                """,
        };
        yield return new(Get, "/transactions", "hera_transaction_list_v1", Tag, "List transactions, the newest first.")
        {
            Document = "filter",
            Query = [.. Page, .. Period, "status", "transaction_type", "transaction_code", "reference_number", "smart_code", "entity_id"],
        };
        yield return new(Get, "/transactions/{id}", "hera_transaction_get_v1", Tag, "Read one transaction with its lines.") { Id = "transaction_id" };
    }

    private static IEnumerable<ApiRoute> Monitoring()
    {
        (string Name, string Summary, string[] Query)[] views =
        [
            ("overview", "The numbers to look at first.", Period),
            ("events", "Events by hour and source.", [.. Period, "event_source"]),
            ("deliveries", "Delivery attempts by hour and webhook.", [.. Period, "webhook_id"]),
            ("webhooks", "The state and the figures of each webhook.", Period),
            ("failures", "Why attempts failed.", [.. Period, "webhook_id"]),
            ("backlog", "Deliveries that have not come to their end.", []),
            ("connectors", "Connector installations and their health.", []),
            ("hours", "What happened, hour by hour.", Period),
            ("heat", "The loudest organizations and the slowest webhooks, by hour.", Period),
            ("workers", "Hosts that are connected and what workers hold (platform admins).", []),
            ("database", "How the database is (platform admins).", []),
        ];
        foreach (var (name, summary, query) in views)
        {
            yield return new(Get, "/integrations/monitoring/" + name, $"hera_monitor_{name}_v1", "Monitoring", summary)
            {
                Document = "filter",
                Query = ["limit", .. query],
            };
        }
    }

    private static IEnumerable<ApiRoute> Administration()
    {
        const string Tag = "Administration";
        const string Organizations = "hera_organization_v1";
        const string ApiKeys = "hera_api_key_v1";
        yield return new(Post, "/organizations", Organizations, Tag, "Create, change, suspend or activate an organization; settings hold its retention.")
        {
            Example = """{"operation": "CREATE", "organization": {"name": "Acme", "code": "ACME", "settings": {"retention": {"attempts": 30}}}}""",
        };
        yield return new(Get, "/organizations", Organizations, Tag, "List one's organizations; a platform admin lists all.")
        {
            Operation = "LIST",
            Document = "organization",
            Query = [.. Page, "status"],
        };
        yield return new(Get, "/organizations/{id}", Organizations, Tag, "Read one organization.") { Operation = "GET", Document = "organization", Id = "id" };
        yield return new(Post, "/memberships", "hera_membership_v1", Tag, "Grant or revoke a membership.")
        {
            Example = """{"operation": "GRANT", "member": {"auth_uid": "jane@example.com", "name": "Jane", "role": "member"}}""",
        };
        yield return new(Get, "/memberships", "hera_membership_v1", Tag, "List the members of the organization.")
        {
            Operation = "LIST",
            Document = "member",
            Query = [.. Page, "role"],
        };
        yield return new(Get, "/encryption-keys", "hera_encryption_keys_v1", Tag, "Which keys seal stored secrets (platform admins).") { Operation = "LIST" };
        yield return new(Post, "/encryption-keys", "hera_encryption_keys_v1", Tag, "Seal stored secrets anew with the newest key (platform admins).")
        {
            Example = """{"operation": "ROTATE", "limit": 500}""",
        };
        yield return new(Get, "/retention", "hera_retention_v1", Tag, "What is kept how long, and who says so.");
        yield return new(Get, "/permissions", "hera_permissions_v1", Tag, "What one may do in the organization.");
        yield return new(Post, "/integrations/api-keys", ApiKeys, Tag, "Make or revoke an API key; the key is shown this once.")
        {
            Example = """{"operation": "CREATE", "api_key": {"name": "nightly import", "role": "member", "expires_at": "2030-01-01T00:00:00Z"}}""",
        };
        yield return new(Get, "/integrations/api-keys", ApiKeys, Tag, "List the API keys of the organization, none with more than its prefix.")
        {
            Operation = "LIST",
            Document = "api_key",
            Query = [.. Page, "role", "status"],
        };
        yield return new(Get, "/audit", "hera_audit_list_v1", Tag, "List the audit trail, the newest first.")
        {
            Document = "filter",
            Query = [.. Page, .. Period, "function", "operation", "actor_user_id", "target_id"],
        };
        yield return new(Post, "/audit/verify", "hera_audit_verify_v1", Tag, "Check the hash chain of the audit trail.") { Document = "anchor", Example = "{}" };
    }
}
