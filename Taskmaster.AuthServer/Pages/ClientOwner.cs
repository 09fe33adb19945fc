using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.AuthServer.Pages;

/// <summary>Who made a client, in words for the user.</summary>
internal static class ClientOwner
{
    /// <summary>Null for a client that a program registered.</summary>
    public static async Task<string?> NameAsync(AuthDbContext database, Client client, CancellationToken cancellationToken) => client switch
    {
        { IsFirstParty: true } => "Taskmaster",
        { IsRegisteredByProgram: true } => null,
        _ => await database.Users.Where(user => user.Id == client.OwnerId).Select(user => user.Name).SingleOrDefaultAsync(cancellationToken),
    };
}
