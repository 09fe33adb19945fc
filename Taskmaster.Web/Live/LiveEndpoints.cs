using System.Buffers;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Taskmaster.Web.Api;
using Taskmaster.Web.Hosting;

namespace Taskmaster.Web.Live;

/// <summary>
/// The API's stream of changes for the pages of the signed-in user: the same bytes, let in by the session instead of a token, which
/// no script of a page ever has. The API ends it when the session's token is revoked or expires; the page comes again, and is let in
/// by what the session is then.
/// </summary>
internal static class LiveEndpoints
{
    public const string Path = "/tasks/events";

    /// <summary>What the ids of events are made of.</summary>
    private static readonly SearchValues<char> InIds = SearchValues.Create("0123456789-");

    public static void AddLive(this IServiceCollection services) => services.AddSingleton<OpenStreams>();

    public static void MapLive(this IEndpointRouteBuilder app) => app.MapGet(Path, RelayAsync);

    private static async Task RelayAsync(
        HttpContext http, string? after, TasksClient tasks, OpenStreams streams, IHostApplicationLifetime lifetime)
    {
        http.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
        if (http.User.FindFirst("sub")?.Value is not { } user)
        {
            // Not sent to sign-in, which a stream cannot show: the page finds out at the next click.
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        // The browser's own header when it resumes; the address when a page that was hidden is looked at again. It becomes a header
        // field of the request to the API: a line break in it would begin another.
        var last = http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : after;
        if (last.AsSpan().ContainsAnyExcept(InIds))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using var place = streams.TryTake(user);
        if (place is null)
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = Outage.RetryAfter;
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            using var changes = await tasks.FollowChangesAsync(last, end.Token);
            await PassOnAsync(changes, http.Response, end.Token);
        }
        catch (SignInRequiredException)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        catch (TooManyRequestsException refused)
        {
            // All places at the API are taken, by programs of the user's.
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = Outage.RetryAfterOf(refused);
        }
        catch (Exception) when (http.Response.HasStarted || end.IsCancellationRequested)
        {
            // The page is gone, Web stops, or the API went away in the middle: then the page comes again with the last event's id.
        }
    }

    private static async Task PassOnAsync(HttpResponseMessage changes, HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = (int)changes.StatusCode;
        response.Headers.CacheControl = "no-store";
        response.ContentType = changes.Content.Headers.ContentType?.ToString();
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await changes.Content.CopyToAsync(response.Body, cancellationToken);
    }
}
