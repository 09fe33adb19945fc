using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Taskmaster.Web.Pages.Shared;

/// <summary>A form that was opened from a list leads back to it, filter and page included, by Save as by Cancel.</summary>
internal static class WaysBack
{
    public const string Parameter = "returnUrl";

    /// <summary>The address of a form, which comes back to <paramref name="here"/>.</summary>
    public static string From(string? here, string form) => here is null ? form : QueryHelpers.AddQueryString(form, Parameter, here);

    /// <summary>Where the form was opened from; an address of another site is none.</summary>
    public static string? Local(this IUrlHelper url, string? returnUrl) => url.IsLocalUrl(returnUrl) ? returnUrl : null;
}
