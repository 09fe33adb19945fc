using Microsoft.Net.Http.Headers;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.TasksApi.Answers;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>An RFC 6750 §3 refusal: a status, the challenge of WWW-Authenticate, and the documents' JSON body.</summary>
internal sealed record BearerError(int Status, string Challenge, BearerErrorBody Body)
{
    public const string Scheme = "Bearer";

    /// <summary>The same refusal to a client that has, or needs, a token that is bound to a key (RFC 9449 §7.1).</summary>
    public BearerError ByDpop()
    {
        var parameters = Challenge[Scheme.Length..];
        var separator = parameters.Length == 0 ? "" : ",";
        return this with { Challenge = $"{DpopNames.Scheme}{parameters}{separator} {DpopNames.AlgorithmsParameter}" };
    }

    /// <summary>Adds to the challenge where a client learns how to get a token (RFC 9728 §5.1).</summary>
    /// <param name="context">The request that is refused.</param>
    /// <param name="scope">What a token for it needs (RFC 6750 §3), if the challenge does not say so yet.</param>
    public Task WriteAsync(HttpContext context, string? scope = null)
    {
        context.Response.StatusCode = Status;
        var metadata = ResourceMetadata.AddressOn(context.RequestServices.GetRequiredService<PublicOrigin>());
        var challenge = scope is null ? Challenge : $"{Challenge}{(Challenge == Scheme ? "" : ",")} scope=\"{scope}\"";
        context.Response.Headers[HeaderNames.WWWAuthenticate] =
            $"{challenge}{(challenge == Scheme ? "" : ",")} resource_metadata=\"{metadata}\"";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAnswerAsync(Body);
    }
}

internal sealed record BearerErrorBody(string Error, string ErrorDescription);
