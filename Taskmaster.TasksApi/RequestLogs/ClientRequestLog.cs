using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenIddict.Abstractions;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.ServiceDefaults.RequestLogs;
using Taskmaster.TasksApi.Authentication;

namespace Taskmaster.TasksApi.RequestLogs;

/// <summary>
/// Notes an answered request for the owner of the client whose access token came with it. A token that is unknown or was
/// revoked names no client, and an API key is none. Bodies and queries are what users write, and are not noted.
/// </summary>
internal sealed partial class ClientRequestLog(RequestLog log, TimeProvider clock)
{
    private const string NoRoute = PublicPaths.Api + "/...";

    public void Note(HttpContext context, Endpoint? endpoint)
    {
        var client = context.User.FindFirst(OpenIddictConstants.Claims.Private.Presenter)?.Value ?? RefusedClient.Of(context);

        // What is part of Taskmaster has no owner.
        if (client is null or WellKnownClients.Web or WellKnownClients.ApiPages)
        {
            return;
        }

        var isError = context.Response.StatusCode >= StatusCodes.Status400BadRequest;
        var share = isError ? RequestShare.Refused : RequestShare.Succeeded;
        if (log.Count(client, share, isError))
        {
            log.Describe(client, share, Describe(context, endpoint));
        }
    }

    private LoggedRequest Describe(HttpContext context, Endpoint? endpoint)
    {
        var now = clock.GetUtcNow();
        var refusal = Challenge().Match(context.Response.Headers.WWWAuthenticate.ToString());
        return new()
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            Method = context.Request.Method,
            Endpoint = EndpointOf(context, endpoint),
            Status = context.Response.StatusCode,
            Error = refusal.Success ? refusal.Groups[1].Value : null,
            Description = refusal.Success ? refusal.Groups[2].Value : null,
            Authenticated = true,
            RequestId = context.TraceIdentifier,
            TraceId = Activity.Current?.TraceId.ToHexString(),
        };
    }

    /// <summary>The path, where nothing in it is the caller's own text: a route's words and ids.</summary>
    private static string EndpointOf(HttpContext context, Endpoint? endpoint)
    {
        if (endpoint is not RouteEndpoint { RoutePattern: var pattern })
        {
            return NoRoute;
        }

        return pattern.Parameters.All(parameter => Guid.TryParse(context.Request.RouteValues[parameter.Name] as string, out _))
            ? context.Request.Path.Value!
            : pattern.RawText!;
    }

    /// <summary>RFC 6750 §3, as <see cref="BearerError"/> writes it.</summary>
    [GeneratedRegex("error=\"([^\"]+)\", error_description=\"([^\"]*)\"")]
    private static partial Regex Challenge();
}
