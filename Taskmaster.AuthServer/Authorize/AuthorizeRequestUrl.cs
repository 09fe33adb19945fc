using Microsoft.AspNetCore.Http.Extensions;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.AuthorizationServer;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Authorize;

/// <summary>The authorization request as a local URL, to come back to after signing in or deciding.</summary>
internal static class AuthorizeRequestUrl
{
    /// <summary>Carries the user's decision; not part of the request it decides.</summary>
    public const string DecisionParameter = "decision";

    /// <summary>
    /// After a sign-in, without what asked for it, or the user would be asked for ever. When it was is in the
    /// id_token's <c>auth_time</c>, for the client to check.
    /// </summary>
    public static string Of(OpenIddictRequest request, bool afterSignIn = false)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in request.GetParameters())
        {
            var text = (string?)value;
            if (name is DecisionParameter || text is null || (afterSignIn && name is Parameters.MaxAge))
            {
                continue;
            }

            if (afterSignIn && name is Parameters.Prompt)
            {
                text = string.Join(' ', request.GetPromptValues().Where(prompt => prompt != PromptValues.Login));
                if (text.Length == 0)
                {
                    continue;
                }
            }

            query.Add(name, text);
        }

        return OAuthEndpoints.Authorize + query;
    }
}
