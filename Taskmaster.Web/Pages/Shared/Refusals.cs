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
            var name = string.Concat(field.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
            foreach (var (other, own) in renamed)
            {
                name = field == other ? own : name;
            }

            foreach (var message in messages)
            {
                form.AddModelError(name, message);
            }
        }

        if (refusal.Errors.Count == 0)
        {
            form.AddModelError("", refusal.Message);
        }
    }
}
