using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.Extensions;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Tickets;

/// <summary>The authorization request as a local URL, to come back to after signing in or deciding.</summary>
internal static class AuthorizeRequestUrl
{
    /// <summary>Carries the user's decision; not part of the request it decides.</summary>
    public const string DecisionParameter = "decision";

    /// <summary>
    /// The longest such URL. The addresses of the sign-in and consent pages hold it percent-encoded, five characters for
    /// three, and must fit into the request line that Web accepts.
    /// </summary>
    public const int MaximumLength = 16 * 1024;

    /// <summary>
    /// The request as the client made it. Of a pushed one that is the reference alone: what it says stays between client and server (RFC
    /// 9126 §1).
    /// </summary>
    public static string Of(OpenIddictRequest request) => OAuthEndpoints.Authorize + (request.RequestUri is { } requestUri
        ? new QueryBuilder { { Parameters.ClientId, request.ClientId ?? string.Empty }, { Parameters.RequestUri, requestUri } }
        : Query(request));

    private static QueryBuilder Query(OpenIddictRequest request)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in request.GetParameters())
        {
            if (name is DecisionParameter or ResumeTickets.Parameter)
            {
                continue;
            }

            // RFC 8707 §2: resource may repeat.
            foreach (var text in (ImmutableArray<string?>?)value ?? [])
            {
                if (text is not null)
                {
                    query.Add(name, text);
                }
            }
        }

        return query;
    }
}
