using Hera.PgCore.Host.Options;
using Hera.PgCore.Host.Pages.Session;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.DataProtection;

namespace Hera.PgCore.Host.Pages;

/// <summary>The pages: rendered here, working without scripts, over the same functions as the API.</summary>
internal static class UserInterface
{
    /// <summary>Nothing but this host's own files; no script or style within a page.</summary>
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void AddUserInterface(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton<IDataProtectionProvider>(new KeyedProtection(settings.Database.EncryptionKey));
        services.AddSingleton(new SignInWays(settings.SignIn is null ? null : settings.Tokens.Authority!.Host, settings.SignIn is null || settings.IsDevelopment));
        services.AddSingleton<Admission>().AddSingleton<Refusal>();
        var authentication = services.AddAuthentication().AddCookie(PageSession.Scheme, cookie =>
        {
            cookie.Cookie.Name = "hera-session";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.SlidingExpiration = false;
        });
        if (settings.SignIn is { } client)
            authentication.AddOidcSignIn(client, settings);
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "hera-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.AddHttpContextAccessor();
        services.AddRazorComponents();
        services.AddScoped<PageSession>();
    }

    public static void UseUserInterface(this WebApplication app)
    {
        app.Use(GuardAsync);
        app.UseAntiforgery();
        PageFiles.Map(app);
        if (app.Services.GetRequiredService<SignInWays>().Authority is not null)
            OidcSignIn.Map(app);
        app.MapPost("/sign-out", SignOutAsync).WithMetadata(new RequireFormToken());
        app.MapRazorComponents<Layout.App>();
    }

    /// <summary>Pages are for those who have signed in; the sign-in itself is for everybody.</summary>
    private static async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not { } page)
        {
            await next(http);
            return;
        }

        http.Response.Headers.ContentSecurityPolicy = ContentPolicy;
        var session = http.RequestServices.GetRequiredService<PageSession>();
        if (page.Type == typeof(SignIn) || await session.OpenAsync(http))
            await next(http);
        else
            http.Response.Redirect("/sign-in?return=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString));
    }

    private static async Task SignOutAsync(HttpContext http)
    {
        // The middleware judges the form's token; whoever does not read the form has to ask for the judgement.
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true })
            throw new BadHttpRequestException("The form carries no valid token.");
        await http.SignOutAsync(PageSession.Scheme);
        http.Response.Redirect("/sign-in");
    }

    private sealed class RequireFormToken : IAntiforgeryMetadata
    {
        public bool RequiresValidation => true;
    }
}
