using Hera.PgCore.Fakes.State;

namespace Hera.PgCore.Fakes.Apis;

internal static class Bearer
{
    private const string Scheme = "Bearer ";

    public static string? Of(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var value && value.StartsWith(Scheme, StringComparison.Ordinal) ? value[Scheme.Length..] : null;

    /// <summary>Runs the call where the token is alive, else answers as the provider does.</summary>
    public static EndpointFilterDelegate Check(EndpointFilterDelegate next, string provider, Func<bool, IResult> refused) => context =>
    {
        var request = context.HttpContext.Request;
        var providers = context.HttpContext.RequestServices.GetRequiredService<Providers>();
        var token = Of(request) ?? request.Query["access_token"].FirstOrDefault();
        return providers[provider].Alive(token, out var known) is null ? ValueTask.FromResult<object?>(refused(known)) : next(context);
    };

    public static RouteGroupBuilder Guarded(this IEndpointRouteBuilder app, string provider, string prefix, Func<bool, IResult> refused)
    {
        var group = app.MapGroup(prefix);
        group.AddEndpointFilterFactory((_, next) => Check(next, provider, refused));
        return group;
    }
}
