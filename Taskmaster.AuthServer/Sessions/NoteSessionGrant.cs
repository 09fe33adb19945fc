using Microsoft.AspNetCore;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Sessions;

/// <summary>
/// Remembers which grant Taskmaster's own client gets in which session, so that ending the session ends it. Other
/// clients' grants outlive the session: the user disconnects those by application.
/// </summary>
internal sealed class NoteSessionGrant(ClientCache clients) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType is not OpenIddictServerEndpointType.Authorization
            || context.Principal?.GetAuthorizationId() is not { Length: > 0 } grantId
            || context.Transaction.GetHttpRequest()?.HttpContext is not { } http
            || await clients.FindAsync(context.ClientId!, context.CancellationToken) is not { IsFirstParty: true }
            || await UserSessions.IdOfAsync(http) is not { } sessionId)
        {
            return;
        }

        var database = http.RequestServices.GetRequiredService<AuthDbContext>();
        database.SessionGrants.Add(SessionGrant.Of(sessionId, grantId));
        try
        {
            await database.SaveChangesAsync(context.CancellationToken);
        }
        catch (DbUpdateException exception) when (exception.WasOvertaken())
        {
            // The session has ended since it was found.
            database.ChangeTracker.Clear();
            context.Reject(ProtocolErrors.SignInRequired);
        }
    }
}
