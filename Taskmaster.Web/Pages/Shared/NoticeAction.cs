namespace Taskmaster.Web.Pages.Shared;

/// <summary>The button of a <see cref="Notice"/>: a form that is posted to <paramref name="Address"/>.</summary>
/// <param name="Label">What the button says.</param>
/// <param name="Address">A path of the site.</param>
/// <param name="Fields">What the form sends with it.</param>
internal sealed record NoticeAction(string Label, string Address, IReadOnlyDictionary<string, string>? Fields = null);
