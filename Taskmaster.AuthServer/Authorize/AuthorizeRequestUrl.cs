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

    public static string Of(OpenIddictRequest request, string? withoutPrompt = null)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in request.GetParameters())
        {
            var text = (string?)value;
            if (name is DecisionParameter || text is null)
            {
                continue;
            }

            if (name is Parameters.Prompt && withoutPrompt is not null)
            {
                text = string.Join(' ', request.GetPromptValues().Where(prompt => prompt != withoutPrompt));
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
