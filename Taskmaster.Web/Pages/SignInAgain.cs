using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Web.Api;
using Taskmaster.Web.Hosting;
using Taskmaster.Web.SignIn;

namespace Taskmaster.Web.Pages;

/// <summary>
/// Ends a session whose token a service no longer accepts: it was signed out elsewhere, by an RP-initiated logout say. A page
/// that needs one sends its user through sign-in and back; any other is shown as to a visitor.
/// </summary>
internal sealed class SignInAgain(RedisSessionStore sessions, TimeProvider clock) : IAsyncExceptionFilter
{
    /// <summary>On the session that such a sign-in began.</summary>
    private const string Again = "again";

    /// <summary>
    /// A session that replaced a refused one, and is itself refused this soon, would be again: say so instead of going in circles.
    /// </summary>
    private static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(10);

    public async Task OnExceptionAsync(ExceptionContext context)
    {
        if (context.Exception is not SignInRequiredException)
        {
            return;
        }

        var http = context.HttpContext;
        var session = await http.AuthenticateAsync();
        if (http.Features.Get<WebSession>() is { } refused)
        {
            await sessions.RemoveAsync(refused.Id);
        }

        if (session.Properties?.Items.ContainsKey(Again) is true && clock.GetUtcNow() - session.Properties.IssuedUtc < TooSoon)
        {
            context.Exception = new ServiceUnavailableException(ResourceNames.AuthServer, context.Exception);
            return;
        }

        var address = http.Request.Path + http.Request.QueryString;
        context.Result = http.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is null
            ? new LocalRedirectResult(address)
            : new ChallengeResult(new AuthenticationProperties { RedirectUri = address, Items = { [Again] = "true" } });
    }
}
