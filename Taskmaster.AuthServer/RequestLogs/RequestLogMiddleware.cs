using Taskmaster.AuthServer.Clients;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.RequestLogs;

/// <summary>
/// Notes each request of OAuth once it is answered, whoever answered it but the short path, which notes its own: outside of
/// the middleware that limits requests and answers errors, so that it sees theirs.
/// </summary>
internal sealed class RequestLogMiddleware(RequestDelegate next, ClientRequestLog log, ClientCache clients)
{
    public Task InvokeAsync(HttpContext context) =>
        LoggedEndpoints.At(context.Request.Path) is { } endpoint ? NoteAsync(context, endpoint) : next(context);

    private async Task NoteAsync(HttpContext context, string endpoint)
    {
        await next(context);

        if (SeenRequest.Of(context) is { } seen && await ClientOfAsync(seen) is { } client)
        {
            log.Note(context, endpoint, client, seen);
        }
    }

    /// <summary>
    /// The client, if there is one. It was read to answer the request, unless that was wrong in a way that shows before; then
    /// it is read now, when the caller has the answer.
    /// </summary>
    private async ValueTask<Client?> ClientOfAsync(SeenRequest seen)
    {
        if (seen.ClientId is not { } clientId)
        {
            return null;
        }

        var remembered = clients.Remembered(clientId);
        if (remembered is not null || seen.IsAboutClient)
        {
            return remembered;
        }

        try
        {
            return await clients.FindAsync(clientId, CancellationToken.None);
        }
        catch (Exception exception) when (StoreOutage.IsOutage(exception))
        {
            return null;
        }
    }
}
