namespace Taskmaster.AuthServer.Errors;

internal static class ErrorResponsesExtensions
{
    /// <summary>Errors are JSON for a program, and the error page for a browser, which names HTML in <c>Accept</c>.</summary>
    public static void UseErrorResponses(this IApplicationBuilder app)
    {
        app.UseWhen(context => context.Request.PrefersHtml(), browser => browser.UseStatusCodePagesWithReExecute("/error"));
        app.UseMiddleware<ErrorResponses>();
    }
}
