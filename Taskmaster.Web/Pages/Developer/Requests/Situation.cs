using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Developer.Requests;

/// <summary>Something that goes wrong, with why and what to do about it, in words for the application's developer.</summary>
internal sealed record Situation(string Title, string Cause, string Fix)
{
    /// <summary>OAuth's error code; null for any.</summary>
    public string? Error { get; init; }

    /// <summary>How the description begins, in any case; null for any.</summary>
    public string? Description { get; init; }

    /// <summary>The status; null for any.</summary>
    public int? Status { get; init; }

    /// <summary>A parameter that was sent without its value being kept; null for any.</summary>
    public string? Sent { get; init; }

    /// <summary>Whether it is about a redirect URI that was compared with those registered.</summary>
    public bool IsAboutRedirectUri { get; init; }

    public bool Explains(LoggedRequest request) =>
        (Error is null || Error == request.Error)
        && (Description is null || request.Description?.StartsWith(Description, StringComparison.OrdinalIgnoreCase) is true)
        && (Status is null || Status == request.Status)
        && (Sent is null || request.Withholds(Sent));
}
