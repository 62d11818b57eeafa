namespace Hera.PgCore.Host.Pages;

/// <summary>A filter of a list; what was left empty is left out.</summary>
internal sealed class Filter : Dictionary<string, object?>
{
    public Dictionary<string, object?> Given => this.Where(entry => entry.Value is not (null or "")).ToDictionary();
}
