using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Pages;

/// <summary>What a browser sees of an error: a refused authorization request, an outage, a page that is not there.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ErrorModel(ClientCache clients) : PageModel
{
    private const int SentMaxLength = 300;

    public string Heading { get; private set; } = string.Empty;

    public string Description { get; private set; } = string.Empty;

    public string? Code { get; private set; }

    /// <summary>What the application's developer has to compare, name and value, of a request that could not be sent back to it.</summary>
    public IReadOnlyList<(string Name, string Value)> Sent { get; private set; } = [];

    /// <summary>Where the application's owner finds out more; anybody else finds nothing there.</summary>
    public string? RequestLog { get; private set; }

    public void OnGet()
    {
        var response = HttpContext.GetOpenIddictServerResponse();
        Code = response?.Error;
        if (Code is not null && HttpContext.GetOpenIddictServerRequest() is { } request)
        {
            Show(request);
        }

        (Heading, Description) = Response.StatusCode switch
        {
            StatusCodes.Status503ServiceUnavailable =>
                ("Taskmaster is not available right now", ProtocolErrors.StoreUnavailable.Description),
            StatusCodes.Status429TooManyRequests => ("Too many attempts", $"From where you are there were too many attempts. Try again "
                + $"in {Response.Headers.RetryAfter} seconds."),
            StatusCodes.Status413PayloadTooLarge =>
                ("Too much at once", "What was sent is larger than anything this page takes. Go back, make it shorter, and try again."),
            StatusCodes.Status404NotFound => ("Page not found", "There is no page at this address."),
            _ when response?.ErrorDescription is { } description =>
                ("This application made a request that Taskmaster cannot answer", description),
            _ => ("This did not work", "The page may have been open for too long. Go back to where you came from and try again."),
        };
    }
    private void Show(OpenIddictRequest request)
    {
        (string Name, string? Value)[] sent =
            [(Parameters.ClientId, request.ClientId), (Parameters.RedirectUri, request.RedirectUri)];
        Sent =
        [
            .. sent.Where(static parameter => !string.IsNullOrEmpty(parameter.Value))
                .Select(static parameter => (parameter.Name, SentText.Of(parameter.Value!, SentMaxLength))),
        ];
        RequestLog = request.ClientId is { } clientId && clients.Remembered(clientId) is { OwnerId: not null }
            ? $"/developer/{Uri.EscapeDataString(clientId)}/requests?errors=true"
            : null;
    }
}
