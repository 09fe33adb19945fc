using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Hosting;

namespace Taskmaster.Web.Pages;

/// <summary>The page for every status that has no body of its own. Asked for directly, it does not exist.</summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
internal sealed class ErrorModel : PageModel
{
    public string Heading { get; private set; } = "";

    public string Advice { get; private set; } = "";

    /// <summary>Where the request that failed can be sent again; null where that is of no use.</summary>
    public string? Again { get; private set; }

    /// <summary>What the user typed, to be sent again; null when the request was no form.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>>? Form { get; private set; }

    public void OnGet() => Show();

    private bool IsBusy => Response.StatusCode == StatusCodes.Status429TooManyRequests;

    private string Reason =>
        IsBusy ? "You asked for more than one account may in a minute." : "A part of Taskmaster is not available right now.";

    private string Wait => IsBusy ? "a minute" : "a few seconds";

    public async Task OnPostAsync()
    {
        Show();
        if (Again is not null && Request.HasFormContentType)
        {
            var form = await Request.ReadFormAsync(HttpContext.RequestAborted);
            Form = [.. form.SelectMany(field => field.Value, (field, value) => KeyValuePair.Create(field.Key, value))];
            Advice = $"{Reason} What you typed is kept on this page: try again in {Wait}.";
        }
    }

    private void Show()
    {
        var failed = HttpContext.Features.Get<IExceptionHandlerFeature>() is not null
            || HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is not null;
        if (!failed)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
        }

        (Heading, Advice) = Response.StatusCode switch
        {
            StatusCodes.Status400BadRequest =>
                ("That did not work", "The form was too old or incomplete. Go back, reload the page, and try again."),
            StatusCodes.Status403Forbidden =>
                ("Not allowed", "Your account may not do this."),
            StatusCodes.Status404NotFound =>
                ("Page not found", "There is nothing at this address, or it belongs to somebody else."),
            StatusCodes.Status405MethodNotAllowed =>
                ("That did not work", "This address does not take that kind of request."),
            StatusCodes.Status413PayloadTooLarge =>
                ("Too much at once", "What was sent is larger than anything this page takes. Go back, make it shorter, and try again."),
            StatusCodes.Status429TooManyRequests =>
                ("Too many requests", $"{Reason} Try again in {Wait}."),
            StatusCodes.Status503ServiceUnavailable =>
                ("Back in a moment", $"{Reason} Try again in {Wait}."),
            _ =>
                ("Something went wrong", "This is our fault and has been recorded. Try again; if it stays, come back later."),
        };

        if (IsBusy || Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
        {
            var failure = HttpContext.Features.Get<IExceptionHandlerPathFeature>();
            Response.Headers.RetryAfter = Outage.RetryAfterOf(failure?.Error);
            Again = failure?.Path + Request.QueryString;
        }
    }
}
