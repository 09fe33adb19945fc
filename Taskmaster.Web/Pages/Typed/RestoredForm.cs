namespace Taskmaster.Web.Pages.Typed;

/// <summary>A feature of a request whose page shows what was typed before the user signed in again; the layout says so.</summary>
internal sealed record RestoredForm;
