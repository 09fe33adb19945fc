using Microsoft.AspNetCore.Diagnostics;
using Taskmaster.AuthServer.Protocol;

namespace Taskmaster.AuthServer.Server;

internal static class ErrorResponsesExtensions
{
    /// <summary>Errors are JSON for a program, and the error page for a browser, which names HTML in <c>Accept</c>.</summary>
    public static void UseErrorResponses(this IApplicationBuilder app)
    {
        app.UseWhen(context => context.Request.PrefersHtml(), browser => browser.UseStatusCodePagesWithReExecute("/error"));

        // The page is shown, whatever was tried: of an OPTIONS request Razor Pages would make a 200.
        app.Use((context, next) =>
        {
            if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
            {
                context.Request.Method = HttpMethods.Get;
            }

            return next(context);
        });
        app.UseMiddleware<ErrorResponses>();
    }
}
