using Hera.PgCore.Host.Http;
using Hera.PgCore.Host.Options;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Hera.PgCore.Host.Pages.Session;

/// <summary>
/// Signing in at the authority: authorization code with PKCE, state and nonce. Of its token no more is kept than of a pasted one,
/// so what follows is the same session. The authority is not asked to end its own when that ends.
/// </summary>
internal static class OidcSignIn
{
    public const string Scheme = "hera-oidc";

    /// <summary>Sends the browser to the authority. A link, not a form: what a page's forms may lead to stays this host.</summary>
    public const string BeginPath = "/sign-in/begin";

    /// <summary>Where the authority sends it back.</summary>
    public const string CallbackPath = "/sign-in/callback";

    public static void AddOidcSignIn(this AuthenticationBuilder authentication, OidcOptions client, Settings settings)
    {
        // What fails is told once, below, and a person who says no is no error.
        authentication.Services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Authentication.OpenIdConnect", LogLevel.None));
        authentication.AddOpenIdConnect(Scheme, oidc =>
        {
            oidc.Authority = settings.Tokens.Authority!.ToString();
            oidc.RequireHttpsMetadata = !settings.IsDevelopment;
            oidc.ClientId = client.ClientId;
            oidc.ClientSecret = client.ClientSecret;
            oidc.ResponseType = OpenIdConnectResponseType.Code;
            // It comes back by a GET, which carries cookies of this site; a form of the authority's page would not.
            oidc.ResponseMode = OpenIdConnectResponseMode.Query;
            oidc.CorrelationCookie.SameSite = SameSiteMode.Lax;
            oidc.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            oidc.NonceCookie.SameSite = SameSiteMode.Lax;
            oidc.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            oidc.CallbackPath = CallbackPath;
            // Nobody is signed out by an address that another site can have loaded.
            oidc.RemoteSignOutPath = PathString.Empty;
            oidc.SignedOutCallbackPath = PathString.Empty;
            oidc.Scope.Clear();
            oidc.Scope.Add("openid");
            oidc.MapInboundClaims = false;
            oidc.UseTokenLifetime = true;
            oidc.DisableTelemetry = true;
            oidc.SignInScheme = PageSession.Scheme;
            oidc.TokenValidationParameters = new TokenValidationParameters
            {
                ValidAlgorithms = TokenAuthentication.AuthorityAlgorithms,
                ValidIssuer = settings.Tokens.Issuer,
                ClockSkew = TimeSpan.FromSeconds(30),
                NameClaimType = "sub",
            };
            oidc.Events.OnRedirectToIdentityProvider = context =>
            {
                // The name that the authority has registered, whatever name a proxy asks for.
                if (settings.Runtime.PublicUrl is not null)
                    context.ProtocolMessage.RedirectUri = settings.Runtime.Origin + CallbackPath;
                return Task.CompletedTask;
            };
            oidc.Events.OnTicketReceived = AdmitAsync;
            oidc.Events.OnRemoteFailure = RefuseAsync;
        });
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(BeginPath, BeginAsync);

    private static async Task BeginAsync(HttpContext http, SignInWays ways, Refusal refusal, ILoggerFactory loggers)
    {
        var destination = ReturnAddress.Of(http.Request.Query["return"]);
        try
        {
            await http.ChallengeAsync(Scheme, new AuthenticationProperties { RedirectUri = destination });
        }
        catch (InvalidOperationException exception)
        {
            // Its description could not be read, and is tried again with the next one.
            Log(loggers).LogError("No sign-in at {Authority}: {Cause}", ways.Authority, exception.GetBaseException().Message);
            http.Response.Redirect(refusal.Address($"{ways.Authority} can't be reached from here. Try again in a moment, or tell your administrator.", destination));
        }
    }

    private static async Task AdmitAsync(TicketReceivedContext context)
    {
        var http = context.HttpContext;
        context.HandleResponse();
        var claims = context.Principal!.Claims.ToList();
        var admission = http.RequestServices.GetRequiredService<Admission>();
        if (await admission.RefusalAsync(context.Principal!.FindFirst("sub")!.Value, http.RequestAborted) is { } sentence)
        {
            http.Response.Redirect(http.RequestServices.GetRequiredService<Refusal>().Address(sentence, context.ReturnUri));
            return;
        }

        await PageSession.SignInAsync(http, claims, context.Principal!.FindFirst(PageSession.OrganizationClaim)?.Value, context.Properties!.ExpiresUtc);
        http.Response.Redirect(ReturnAddress.Of(context.ReturnUri));
    }

    /// <summary>The authority said no, or what came back is not of a sign-in that this browser began, or its token is not valid.</summary>
    private static Task RefuseAsync(RemoteFailureContext context)
    {
        var services = context.HttpContext.RequestServices;
        var authority = services.GetRequiredService<SignInWays>().Authority;
        Log(services.GetRequiredService<ILoggerFactory>()).LogWarning("A sign-in at {Authority} failed: {Cause}", authority, context.Failure?.Message);
        context.HandleResponse();
        context.Response.Redirect(services.GetRequiredService<Refusal>().Address(
            $"The sign-in at {authority} did not succeed: it was refused there, took too long, or was begun in another browser. Begin it again.", context.Properties?.RedirectUri));
        return Task.CompletedTask;
    }

    private static ILogger Log(ILoggerFactory loggers) => loggers.CreateLogger("Hera.PgCore.Host.SignIn");
}
