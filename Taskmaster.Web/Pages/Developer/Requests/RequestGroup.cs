using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Developer.Requests;

/// <summary>Errors of one kind: how many, the newest of them, and what to do.</summary>
/// <param name="Situation">Cause and fix.</param>
/// <param name="Newest">The newest.</param>
/// <param name="Count">How many there are.</param>
/// <param name="IsClaimed">Whether none of them showed that it was the application's.</param>
/// <param name="Difference">For a redirect URI: where the newest differs from those registered.</param>
internal sealed record RequestGroup(Situation Situation, LoggedRequest Newest, int Count, bool IsClaimed, UriDifference? Difference)
{
    /// <summary>The groups of a log, the one with the newest error first.</summary>
    public static IReadOnlyList<RequestGroup> Of(IEnumerable<LoggedRequest> requests, Client client) =>
    [
        .. requests.Where(request => request.IsError)
            .GroupBy(Situations.Of)
            .Select(group => new RequestGroup(
                group.Key, group.First(), group.Count(), group.All(request => !request.Authenticated),
                DifferenceOf(group.Key, group.First(), client))),
    ];

    public static UriDifference? DifferenceOf(Situation situation, LoggedRequest request, Client client) =>
        situation.IsAboutRedirectUri ? UriDifference.Between(request["redirect_uri"], client.RedirectUris) : null;
}
