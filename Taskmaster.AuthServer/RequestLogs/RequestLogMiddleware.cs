using Taskmaster.AuthServer.Clients;

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

        // Only a client in memory: a look-up here would hold back the end of the answer while Postgres hangs.
        if (SeenRequest.Of(context) is { ClientId: { } clientId } seen && clients.Remembered(clientId) is { } client)
        {
            log.Note(context, endpoint, client, seen);
        }
    }
}
