namespace Hera.PgCore.Host.Pages.ControlCenter;

/// <summary>A page of the platform's admins.</summary>
public abstract class ControlCenterPage : HeraPage
{
    /// <inheritdoc/>
    protected sealed override Task AdmitAsync() => Session.CallPlatformAsync("hera_platform_authorize_v1", ("p_operation", "CONTROL_CENTER"));
}
