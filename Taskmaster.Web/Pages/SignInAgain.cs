using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Taskmaster.ServiceDefaults;
using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages;

/// <summary>Sends a user whose session a service no longer accepts through sign-in again, back to the page they were at.</summary>
internal sealed class SignInAgain : IAsyncExceptionFilter
{
    /// <summary>A session refused this soon after it began will be refused again: say so instead of going in circles.</summary>
    private static readonly TimeSpan _tooSoon = TimeSpan.FromSeconds(10);

    public async Task OnExceptionAsync(ExceptionContext context)
    {
        if (context.Exception is not SignInRequiredException)
        {
            return;
        }

        var http = context.HttpContext;
        var session = await http.AuthenticateAsync();
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        if (clock.GetUtcNow() - session.Properties?.IssuedUtc < _tooSoon)
        {
            context.Exception = new ServiceUnavailableException(ResourceNames.AuthServer, context.Exception);
            return;
        }

        context.Result = new ChallengeResult(new AuthenticationProperties { RedirectUri = http.Request.Path });
    }
}
