using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Keys;
using Taskmaster.AuthServer.Seeds;
using Taskmaster.AuthServer.SignIn;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Commands;

/// <summary>
/// What an operator does by hand, beside a running server and with its settings: <c>dotnet Taskmaster.AuthServer.dll
/// rotate-keys</c>. Whoever may start a process with the database's password needs no other proof of who they are.
/// </summary>
internal static class OperatorCommands
{
    private const int Done = 0;
    private const int NotDone = 1;
    private const int NotUnderstood = 2;

    private const string Usage = """
        The commands are: migrate, rotate-keys, reencrypt-keys, disable-user <user id>, enable-user <user id>,
        revoke-user-tokens <user id>, revoke-client-tokens <client id>, and in development new-demo-client, which reads the
        secret from standard input.
        Without one the server starts.
        """;

    /// <returns>The process's exit code; null when there was no command, and the server is to start.</returns>
    public static async Task<int?> RunAsync(IServiceProvider services, string[] args)
    {
        // "--urls …" and "Section:Key=…" are settings.
        if (args is not [{ Length: > 0 } first, ..] || first[0] is '-' or '/' || first.Contains('=', StringComparison.Ordinal))
        {
            return null;
        }

        await using var scope = services.CreateAsyncScope();
        try
        {
            return await RunAsync(scope.ServiceProvider, args, CancellationToken.None);
        }
        catch (Exception exception) when (StoreOutage.IsOutage(exception))
        {
            await Console.Error.WriteLineAsync($"Redis or Postgres is away. Run it again when they are back. ({exception.Message})");
            return NotDone;
        }
    }

    private static Task<int> RunAsync(IServiceProvider services, string[] args, CancellationToken cancellationToken) => args switch
    {
        [SchemaMigration.Command] => MigrateAsync(services.GetRequiredService<AuthDbPreparation>(), cancellationToken),
        ["rotate-keys"] => RotateKeysAsync(services.GetRequiredService<KeyRotation>(), cancellationToken),
        ["reencrypt-keys"] => ReencryptKeysAsync(services.GetRequiredService<KeyReencryption>(), cancellationToken),
        ["disable-user", var id] when Guid.TryParse(id, out var userId) => SayAsync(
            services.GetRequiredService<UserAccess>().DisableAsync(userId, cancellationToken),
            "The user is disabled.",
            "There is no such user."),
        ["enable-user", var id] when Guid.TryParse(id, out var userId) => SayAsync(
            services.GetRequiredService<UserAccess>().EnableAsync(userId, cancellationToken),
            "The user is enabled.",
            "There is no such user."),
        ["revoke-user-tokens", var id] when Guid.TryParse(id, out var userId) => SayAsync(
            services.GetRequiredService<UserAccess>().RevokeTokensAsync(userId, cancellationToken),
            "The user's tokens are revoked.",
            "There is no such user."),
        ["revoke-client-tokens", { Length: > 0 } clientId] => SayAsync(
            services.GetRequiredService<ClientRegistrations>().RevokeTokensAsync(clientId, cancellationToken),
            "The client's tokens are revoked.",
            "There is no such client."),
        ["new-demo-client"] when services.GetService<DevelopmentSeed>() is { } demo => AddDemoClientAsync(demo, cancellationToken),
        _ => SayUsageAsync(),
    };

    private static async Task<int> MigrateAsync(AuthDbPreparation preparation, CancellationToken cancellationToken)
    {
        var applied = await preparation.RunAsync(cancellationToken);
        await Console.Out.WriteLineAsync(SchemaMigration.Applied(applied));
        return Done;
    }

    private static async Task<int> RotateKeysAsync(KeyRotation rotation, CancellationToken cancellationToken)
    {
        var activeFrom = await rotation.RotateNowAsync(cancellationToken);
        await Console.Out.WriteLineAsync($"A new signing key is announced. It signs from {activeFrom.UtcDateTime:u} on.");
        return Done;
    }

    private static async Task<int> ReencryptKeysAsync(KeyReencryption reencryption, CancellationToken cancellationToken)
    {
        var count = await reencryption.RunAsync(cancellationToken);
        await Console.Out.WriteLineAsync($"{count} keys are encrypted with KeyRing:EncryptionKey now.");
        return Done;
    }

    private static async Task<int> AddDemoClientAsync(DevelopmentSeed demo, CancellationToken cancellationToken)
    {
        if (await Console.In.ReadLineAsync(cancellationToken) is not { Length: >= DevelopmentSeed.SecretMinLength } secret)
        {
            await Console.Error.WriteLineAsync(
                $"A secret of at least {DevelopmentSeed.SecretMinLength} characters is read from standard input.");
            return NotUnderstood;
        }

        await Console.Out.WriteLineAsync(await demo.AddClientAsync(secret, cancellationToken));
        return Done;
    }

    private static async Task<int> SayAsync(Task<bool> change, string done, string notFound)
    {
        var found = await change;
        await (found ? Console.Out : Console.Error).WriteLineAsync(found ? done : notFound);
        return found ? Done : NotDone;
    }

    private static async Task<int> SayUsageAsync()
    {
        await Console.Error.WriteLineAsync(Usage);
        return NotUnderstood;
    }
}
