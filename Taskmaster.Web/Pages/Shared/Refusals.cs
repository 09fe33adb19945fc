using Microsoft.AspNetCore.Mvc.ModelBinding;
using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Shared;

internal static class Refusals
{
    /// <summary>Puts a service's refusal at the form's fields: <c>redirect_uris</c> at <c>RedirectUris</c>.</summary>
    /// <param name="form">The form's state.</param>
    /// <param name="refusal">What the service said.</param>
    /// <param name="renamed">Fields the form has under another name.</param>
    public static void Add(this ModelStateDictionary form, Refusal refusal, params ReadOnlySpan<(string Field, string Name)> renamed)
    {
        foreach (var (field, messages) in refusal.Errors)
        {
            var name = string.Concat(
                field.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
            foreach (var (other, own) in renamed)
            {
                name = field == other ? own : name;
            }

            foreach (var message in messages)
            {
                form.AddModelError(name, InWords(message, field));
            }
        }

        if (refusal.Errors.Count == 0)
        {
            form.AddModelError("", refusal.Message);
        }
    }

    /// <summary>The services speak to programs, and name a field as JSON does; on a page it stands below its own label.</summary>
    private static string InWords(string message, string field) => (field, message) switch
    {
        ("status", _) => "Choose a status from the list",
        ("project_id", _) => "Choose one of your projects",
        ("expires_at", _) => "Choose a day in the future, or none",
        ("scopes", _) => "Choose at least one",
        ("tasks_access", _) => "Choose what it may ask for",
        _ when message.StartsWith(field, StringComparison.Ordinal) => "This" + message[field.Length..],
        _ => message,
    };
}
