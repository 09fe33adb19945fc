using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Users;

namespace Taskmaster.AuthServer.Clients;

/// <summary>
/// Who made a client: Taskmaster, a user under the name they chose, whoever runs the host of its document, or nobody knows. That
/// it is Taskmaster the page says in words of its own and never in a name, so that nobody is it by calling themselves so.
/// </summary>
internal sealed record ClientMaker(bool IsTaskmaster, string? UserName, string? Host = null)
{
    /// <summary>Of a client that a program registered, or whose owner is gone.</summary>
    public static readonly ClientMaker Unknown = new(IsTaskmaster: false, UserName: null);

    public static async Task<ClientMaker> OfAsync(
        AuthDbContext database, Client client, CancellationToken cancellationToken) => client switch
        {
            { IsFirstParty: true } => new(IsTaskmaster: true, UserName: null),
            { Host: { } host } => Unknown with { Host = host },
            { IsRegisteredByProgram: true } => Unknown,
            _ => Unknown with
            {
                UserName = await database.Users.Where(user => user.Id == client.OwnerId)
                    .Select(user => user.Name)
                    .SingleOrDefaultAsync(cancellationToken),
            },
        };
}
