using Hera.PgCore.Host.Pages.Session;
using Hera.PgCore.Rpc;
using Microsoft.AspNetCore.Components;

namespace Hera.PgCore.Host.Pages;

/// <summary>What the pages have in common: they load, and a refusal becomes a sentence on the page instead of an error.</summary>
public abstract class HeraPage : ComponentBase
{
    [Inject]
    internal PageSession Session { get; set; } = null!;

    [CascadingParameter]
    internal HttpContext Http { get; set; } = null!;

    /// <summary>Why the page, or what was asked of it, could not be done.</summary>
    internal RpcError? Fault { get; private set; }

    /// <summary>Reads what the page shows. Runs before an action of the page too.</summary>
    protected abstract Task LoadAsync();

    /// <summary>Asks whether the reader may see the page at all; nothing of it is shown to others.</summary>
    protected virtual Task AdmitAsync() => Task.CompletedTask;

    /// <summary>May the reader see the page?</summary>
    protected bool IsAdmitted { get; private set; }

    /// <inheritdoc/>
    protected sealed override Task OnInitializedAsync() => AttemptAsync(async () =>
    {
        await AdmitAsync();
        IsAdmitted = true;
        await LoadAsync();
    });

    /// <summary>Does what a form asked for, then shows the page anew.</summary>
    protected async Task ActAsync(Func<Task> action)
    {
        await AttemptAsync(action);
        if (Fault is null)
            await AttemptAsync(LoadAsync);
    }

    private async Task AttemptAsync(Func<Task> work)
    {
        Fault = null;
        try
        {
            await work();
        }
        catch (RpcException exception)
        {
            Fault = exception.Error;
            if (!Http.Response.HasStarted)
                Http.Response.StatusCode = exception.Error.Status;
        }
    }
}
