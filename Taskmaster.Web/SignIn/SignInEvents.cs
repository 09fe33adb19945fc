using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Taskmaster.Web.Hosting;

namespace Taskmaster.Web.SignIn;

internal sealed partial class SignInEvents(
    RedisSessionStore sessions, TypedForms typed, BrowserCookie browsers, IOptionsMonitor<CookieAuthenticationOptions> cookies,
    ILogger<SignInEvents> logger)
    : OpenIdConnectEvents
{
    /// <summary>The item that carries an OpenID Connect <c>prompt</c> from the page that asks for a sign-in.</summary>
    public const string Prompt = "prompt";

    /// <summary>Whoever signs in because of a form comes back to its page, with what they typed.</summary>
    public override async Task RedirectToIdentityProvider(RedirectContext context)
    {
        if (context.Properties.Items.TryGetValue(Prompt, out var prompt))
        {
            context.ProtocolMessage.Prompt = prompt;
        }

        if (HttpMethods.IsPost(context.Request.Method))
        {
            context.Properties.RedirectUri = await typed.ComeBackAsync(context.Request);
        }
    }

    /// <summary>
    /// Ends the session the browser came with. The cookie handler would go on with its id, and whoever planted that
    /// cookie would be signed in as this user (session fixation).
    /// </summary>
    public override async Task TicketReceived(TicketReceivedContext context)
    {
        browsers.Give(context.HttpContext);

        var options = cookies.Get(CookieAuthenticationDefaults.AuthenticationScheme);
        if (options.CookieManager.GetRequestCookie(context.HttpContext, options.Cookie.Name!) is not { } cookie)
        {
            return;
        }

        var former = options.TicketDataFormat.Unprotect(cookie)?.Principal.FindFirst(SessionIdClaim)?.Value;
        if (former is not null)
        {
            await sessions.RemoveAsync(former);
        }

        context.HttpContext.Request.Headers.Remove("Cookie");
    }

    public override async Task RemoteFailure(RemoteFailureContext context)
    {
        if (OutageIn(context.Failure) is { } outage)
        {
            throw outage;
        }

        context.HandleResponse();
        if (context.Failure is SecurityTokenSignatureKeyNotFoundException
            && AttemptsOf(context.Properties) is < MostAttempts and var attempts)
        {
            // An operator has rotated the signing key since Web read the keys, which are read again now. The user is signed in at
            // AuthServer, and is asked nothing.
            var again = new AuthenticationProperties { RedirectUri = context.Properties?.RedirectUri };
            again.Items[Attempts] = (attempts + 1).ToString(CultureInfo.InvariantCulture);
            await context.HttpContext.ChallengeAsync(OpenIdConnectDefaults.AuthenticationScheme, again);
            return;
        }

        Log.SignInFailed(logger, context.Failure);
        context.Response.Redirect("/sign-in-failed");
    }

    private static int AttemptsOf(AuthenticationProperties? properties) =>
        properties?.Items.TryGetValue(Attempts, out var attempts) is true ? int.Parse(attempts!, CultureInfo.InvariantCulture) : 0;

    private const string Attempts = "attempts";

    private const int MostAttempts = 3;

    private const string SessionIdClaim = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    private static ServiceUnavailableException? OutageIn(Exception? exception) => exception switch
    {
        ServiceUnavailableException outage => outage,
        { InnerException: { } inner } => OutageIn(inner),
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "A sign-in was not completed.")]
        public static partial void SignInFailed(ILogger logger, Exception? exception);
    }
}
