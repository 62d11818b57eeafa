using System.Web;
using Hera.PgCore.Tests.Http;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Connectors;

/// <summary>Authorizations at a provider that is a process of its own: how they begin, are renewed, end and are taken back.</summary>
public sealed class OAuthTests
{
    private ConnectorScene _scene = null!;

    [SetUp]
    public async Task OpenAsync() => _scene = await ConnectorScene.CreateAsync();

    [TearDown]
    public async Task CloseAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task HubSpot_is_connected_with_pkce_and_renewed_with_rotation()
    {
        await _scene.InstallHubSpotAsync();
        var answer = await _scene.ConnectAsync("hubspot-crm", new { return_path = "/settings/integrations" });
        Assert.That((answer.Status, answer.Headers["Location"]), Is.EqualTo((303, "/settings/integrations?connector=hubspot-crm&result=authorized")));
        Assert.That(answer.Headers["Cache-Control"], Is.EqualTo("no-store"));
        Assert.That(await _scene.FareAsync("hubspot-crm"), Is.EqualTo("active ok"));
        Assert.That((await _scene.InstallationAsync("hubspot-crm"))["config"]!["portal_id"]!.GetValue<string>(), Is.EqualTo("33"));
        var token = await FormAsync("/token");
        Assert.That(token["code_verifier"], Has.Length.GreaterThanOrEqualTo(43), "the provider has checked it");

        // Each renewal gives another refresh token and ends the one before, so a second one works with the new one alone.
        var first = await _scene.SecretsAsync();
        for (var round = 1; round <= 2; round++)
        {
            await _scene.Provider.ExpireTokensAsync("hubspot");
            await _scene.MakeDueAsync("refresh");
            await _scene.WorkAsync();
            Assert.That(await _scene.FareAsync("hubspot-crm"), Is.EqualTo("active ok"));
        }
        var last = await _scene.SecretsAsync();
        Assert.That(last["oauth_access_token"], Is.Not.EqualTo(first["oauth_access_token"]));
        Assert.That(last["oauth_refresh_token"], Is.Not.EqualTo(first["oauth_refresh_token"]));
        Assert.That(await _scene.Provider.RequestsAsync("hubspot", "/token"), Has.Count.EqualTo(3));

        // The customer takes the app out: the renewal is refused, and not repeated.
        await _scene.Provider.RevokeRefreshTokensAsync("hubspot");
        await _scene.MakeDueAsync("refresh");
        await _scene.WorkAsync();
        await _scene.MakeDueAsync("refresh");
        await _scene.WorkAsync();
        Assert.That(await _scene.FareAsync("hubspot-crm"), Is.EqualTo("reauth_required reauth_required"));
        Assert.That(await _scene.Provider.RequestsAsync("hubspot", "/token"), Has.Count.EqualTo(4));
        Assert.That(await _scene.EventsAsync("hera.connector.reauth_required"), Is.EqualTo(1));

        // And is connected anew, without a return path.
        answer = await _scene.ConnectAsync("hubspot-crm");
        Assert.That((answer.Status, answer.Json["success"]!.GetValue<bool>()), Is.EqualTo((200, true)), answer.Text);
        Assert.That(await _scene.FareAsync("hubspot-crm"), Is.EqualTo("active ok"));
        Assert.That(await _scene.EventsAsync("hera.connector.authorized"), Is.EqualTo(2));
    }

    [Test]
    public async Task LinkedIn_without_a_refresh_token_needs_a_person_in_time()
    {
        await _scene.InstallAsync("linkedin-api", new { client_id = "linkedin-app", client_secret = "linkedin-secret" });
        await _scene.Provider.SetAppAsync("linkedin", new { accessSeconds = 6 * 86400 });
        Assert.That((await _scene.ConnectAsync("linkedin-api")).Status, Is.EqualTo(200));
        Assert.That(await _scene.FareAsync("linkedin-api"), Is.EqualTo("active token_expiring"));
        await _scene.MakeDueAsync("refresh", tokenEnds: true);
        await _scene.WorkAsync();
        Assert.That(await _scene.FareAsync("linkedin-api"), Is.EqualTo("reauth_required reauth_required"));
        Assert.That(await _scene.Provider.RequestsAsync("linkedin", "/accessToken"), Has.Count.EqualTo(1));

        // An approved partner's token is renewed.
        await _scene.Provider.SetAppAsync("linkedin", new { refresh = true });
        await _scene.ConnectAsync("linkedin-api");
        Assert.That(await _scene.FareAsync("linkedin-api"), Is.EqualTo("active ok"));
        await _scene.MakeDueAsync("refresh");
        await _scene.WorkAsync();
        Assert.That((await FormAsync("/accessToken", "linkedin"))["grant_type"], Is.EqualTo("refresh_token"));
        Assert.That(await _scene.FareAsync("linkedin-api"), Is.EqualTo("active ok"));
    }

    [Test]
    public async Task Meta_exchanges_a_living_token_and_no_other()
    {
        await _scene.InstallAsync("meta-graph-api", new { app_id = "meta-app", app_secret = "meta-secret", webhook_verify_token = "v" });
        Assert.That((await _scene.ConnectAsync("meta-graph-api")).Status, Is.EqualTo(200));
        await _scene.MakeDueAsync("refresh");
        await _scene.WorkAsync();
        var ends = (await _scene.InstallationAsync("meta-graph-api"))["health"]!["token_expires_at"]!.GetValue<DateTimeOffset>();
        Assert.That(ends - DateTimeOffset.UtcNow, Is.GreaterThan(TimeSpan.FromDays(59)));

        await _scene.Provider.ExpireTokensAsync("meta");
        await _scene.MakeDueAsync("refresh");
        await _scene.WorkAsync();
        Assert.That(await _scene.FareAsync("meta-graph-api"), Is.EqualTo("reauth_required reauth_required"));
    }

    [Test]
    public async Task A_renewal_that_fails_is_repeated_while_the_old_token_lives()
    {
        await _scene.InstallHubSpotAsync();
        await _scene.ConnectAsync("hubspot-crm");
        await _scene.Provider.FailAsync(new { provider = "hubspot", path = "/token", status = 503 });
        await _scene.Provider.FailAsync(new { provider = "hubspot", path = "/token", reset = true });
        foreach (var fare in (string[])["active degraded", "active degraded", "active ok"])
        {
            await _scene.MakeDueAsync("refresh");
            await _scene.WorkAsync();
            Assert.That(await _scene.FareAsync("hubspot-crm"), Is.EqualTo(fare));
        }
    }

    [Test]
    public async Task A_state_is_good_once_and_only_as_it_was_given()
    {
        await _scene.InstallHubSpotAsync();
        var callback = await _scene.AgreeAsync("hubspot-crm");
        var state = HttpUtility.ParseQueryString(callback.Query)["state"]!;
        var forged = (state[0] == 'A' ? 'B' : 'A') + state[1..];
        List<Answer> refused = [];
        foreach (var query in (string[])[$"code=c&state={forged}", "code=c", "", "state=", $"code=c&state={new string('A', 96)}", $"code=c&state={state}&state={state}"])
            refused.Add(await _scene.ReturnAsync(new Uri(callback, "?" + query)));
        Assert.That((await _scene.ReturnAsync(callback)).Status, Is.EqualTo(200), "none of that has used it up");
        refused.Add(await _scene.ReturnAsync(callback));
        Assert.That(refused.Select(answer => (answer.Status, answer.Error)), Has.All.EqualTo((400, "oauth.state")));
        Assert.That(refused.Select(Told).Distinct().Count(), Is.EqualTo(1), "nobody learns which it was");
        Assert.That(await _scene.Provider.RequestsAsync("hubspot", "/token"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_person_or_a_provider_that_says_no_leaves_it_as_it_was()
    {
        await _scene.InstallHubSpotAsync();
        await _scene.Provider.SetAppAsync("hubspot", new { denied = "access_denied" });
        var answer = await _scene.ConnectAsync("hubspot-crm", new { return_path = "/settings/integrations" });
        Assert.That(answer.Headers["Location"], Is.EqualTo("/settings/integrations?connector=hubspot-crm&result=failed&error=access_denied"));
        await _scene.Provider.SetAppAsync("hubspot", new { denied = "", clientSecret = "another" });
        answer = await _scene.ConnectAsync("hubspot-crm");
        Assert.That((answer.Status, answer.Error), Is.EqualTo((400, "invalid_client")), answer.Text);
        Assert.That(await _scene.FareAsync("hubspot-crm"), Is.EqualTo("pending_auth reauth_required"));
        Assert.That((await _scene.InstallationAsync("hubspot-crm"))["health"]!["last_error"]!.GetValue<string>(), Does.Contain("invalid_client"));
    }

    [TestCase("UNINSTALL")]
    [TestCase("DISCONNECT")]
    public async Task Whoever_leaves_has_the_provider_told(string operation)
    {
        await _scene.InstallHubSpotAsync();
        await _scene.ConnectAsync("hubspot-crm");
        var token = (await _scene.SecretsAsync())["oauth_refresh_token"];
        await _scene.PostAsync(operation == "UNINSTALL" ? "/integrations/connectors" : "/integrations/oauth", new { operation, connector_code = "hubspot-crm" });
        Assert.That((await _scene.SecretsAsync()).Keys, Has.None.StartsWith("oauth"));
        await _scene.Provider.FailAsync(new { provider = "hubspot", path = "/revoke", status = 500 });
        await _scene.WorkAsync();
        await _scene.MakeDueAsync("revoke");
        await _scene.WorkAsync();
        Assert.That(await _scene.Provider.RequestsAsync("hubspot", "/revoke"), Has.Count.EqualTo(2));
        Assert.That((await FormAsync("/revoke"))["token"], Is.EqualTo(token));
    }

    [Test]
    public async Task Nothing_that_is_kept_or_told_holds_a_secret()
    {
        await _scene.InstallHubSpotAsync();
        var webhook = await _scene.PostAsync("/integrations/webhooks", new { operation = "CREATE", webhook_config = new { url = $"{_scene.Provider.Url}/zapier/hooks/catch/1/1", topics = new[] { "hera.*" } } });
        Assert.That(webhook["success"]!.GetValue<bool>());
        var callback = await _scene.AgreeAsync("hubspot-crm");
        var query = HttpUtility.ParseQueryString(callback.Query);
        List<string> told = [(await _scene.ReturnAsync(callback)).Text];
        var secrets = (await _scene.SecretsAsync()).Values.ToList();

        // A provider that repeats what it was sent, and more.
        await _scene.Provider.FailAsync(new { provider = "hubspot", path = "/token", status = 500, body = $$"""{"message": "{{await SentAsync()}}"}""" });
        await _scene.MakeDueAsync("refresh");
        await _scene.WorkAsync();
        told.Add((await _scene.InstallationAsync("hubspot-crm")).ToJsonString());
        await _scene.MakeDueAsync("refresh");
        await _scene.WorkAsync();
        secrets.AddRange((await _scene.SecretsAsync()).Values);
        await _scene.Provider.FailAsync(new { provider = "hubspot", path = "/token", status = 400, body = $$"""{"error": "invalid_grant", "message": "{{await SentAsync()}}"}""" });
        await _scene.MakeDueAsync("refresh");
        await _scene.WorkAsync();
        await _scene.WorkAsync();

        secrets.AddRange([query["code"]!, query["state"]!, (await FormAsync("/token", first: true))["code_verifier"]!]);
        told.Add((await _scene.InstallationAsync("hubspot-crm")).ToJsonString());
        foreach (var path in (string[])["/integrations/events", "/integrations/connector-health", "/integrations/monitoring/connectors", "/audit", "/integrations/deliveries"])
        {
            var answer = await _scene.Host.GetAsync("/api/v2" + path, _scene.Tenant.Token, _scene.Tenant.Header);
            Assert.That(answer.Status, Is.EqualTo(200), path);
            told.Add(answer.Text);
        }
        told.AddRange(_scene.Host.Log.Lines);
        told.AddRange((await _scene.Provider.RequestsAsync("zapier")).Select(request => request.ToString()));
        foreach (var table in await _scene.Database.ListAsync<string>("select c.oid::regclass::text from pg_class c where c.relnamespace = 'hera'::regnamespace and c.relkind in ('r', 'p')"))
            told.Add(await _scene.Database.ScalarAsync<string>($"select coalesce(string_agg(t::text, ' '), '') from {table} t") ?? "");
        Assert.Multiple(() =>
        {
            foreach (var secret in secrets.Distinct())
                Assert.That(told.Where(text => text.Contains(secret, StringComparison.Ordinal)), Is.Empty, secret);
        });
        Assert.That(await _scene.Provider.RequestsAsync("zapier"), Has.Count.EqualTo(2), "both events were delivered");
    }

    private async Task<string> SentAsync() =>
        string.Join(' ', (await _scene.SecretsAsync()).Where(secret => secret.Key.StartsWith("oauth", StringComparison.Ordinal) || secret.Key == "client_secret").Select(secret => secret.Value));

    private static string Told(Answer answer)
    {
        var body = answer.Json.AsObject();
        body.Remove("rid");
        return body.ToJsonString();
    }

    /// <summary>The last (or first) form that came to a path of the provider.</summary>
    private async Task<Dictionary<string, string>> FormAsync(string path, string provider = "hubspot", bool first = false)
    {
        var requests = await _scene.Provider.RequestsAsync(provider, path);
        var form = HttpUtility.ParseQueryString((first ? requests[0] : requests[^1]).GetProperty("body").GetString()!);
        return form.AllKeys.ToDictionary(key => key!, key => form[key]!);
    }
}
