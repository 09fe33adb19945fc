using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Users;

namespace Taskmaster.AuthServer.Seeds;

/// <summary>The demo user and their demo application. Registered in development only; doing it again changes nothing.</summary>
internal sealed class DevelopmentSeed(
    AuthDbContext database, UserManager<User> users, ClientRegistrations registrations, IOptions<DemoOptions> options, TimeProvider clock)
{
    /// <summary>Letters and digits of this length carry 190 bits: the server keeps a fast hash, which guessing must not break.</summary>
    public const int SecretMinLength = 32;

    private const string ClientName = "Demo application";
    private const string CallbackUri = "http://localhost:8080/callback";

    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var demo = options.Value;
        var now = clock.GetUtcNow();

        if (!await database.Users.AnyAsync(user => user.Id == demo.UserId, cancellationToken))
        {
            var result = await users.CreateAsync(User.Register(demo.UserId, demo.Name, demo.Email, now), demo.Password);
            if (!result.Succeeded)
            {
                throw new InvalidOperationException(
                    $"The demo user could not be made: {string.Join(" ", result.Errors.Select(error => error.Description))}");
            }
        }

        var client = await database.Clients.Include(row => row.Secrets).SingleOrDefaultAsync(
            row => row.ClientId == demo.ClientId, cancellationToken);
        if (client is null)
        {
            client = Client.Register(ClientName, demo.UserId, isPublic: false, requirePkce: false, [CallbackUri], now, demo.ClientId);
            database.Clients.Add(client);
        }

        if (!client.Secrets.Any(secret => secret.Matches(ClientSecret.HashOf(demo.ClientSecret))))
        {
            client.Add(ClientSecret.Of(client, "Settings", demo.ClientSecret, now));
        }

        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Another application of the demo user's, with this secret; gives its client id.</summary>
    public async Task<string> AddClientAsync(string secret, CancellationToken cancellationToken)
    {
        var demo = options.Value;
        var now = clock.GetUtcNow();
        var client = Client.Register(
            $"{ClientName} of {now:yyyy-MM-dd HH:mm:ss}", demo.UserId, isPublic: false, requirePkce: false, [CallbackUri], now);
        client.Add(ClientSecret.Of(client, "Dashboard", secret, now));
        await registrations.AddAsync(client, cancellationToken);
        return client.ClientId;
    }
}
