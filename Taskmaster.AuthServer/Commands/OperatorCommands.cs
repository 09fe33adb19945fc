using Taskmaster.AuthServer.Keys;
using Taskmaster.AuthServer.Users;

namespace Taskmaster.AuthServer.Commands;

/// <summary>
/// What an operator does by hand, beside a running server and with its settings: <c>dotnet Taskmaster.AuthServer.dll
/// rotate-keys</c>. Whoever may start a process with the database's password needs no other proof of who they are.
/// </summary>
internal static class OperatorCommands
{
    /// <returns>Whether there was a command, and the server is not to start.</returns>
    public static async Task<bool> RunAsync(IServiceProvider services, string[] args)
    {
        await using var scope = services.CreateAsyncScope();

        switch (args)
        {
            case ["rotate-keys"]:
                var activeFrom = await scope.ServiceProvider.GetRequiredService<KeyRotation>().RotateNowAsync(CancellationToken.None);
                await Console.Out.WriteLineAsync($"A new signing key is announced. It signs from {activeFrom.UtcDateTime:u} on.");
                return true;
            case ["disable-user", var id] when Guid.TryParse(id, out var userId):
                await SayAsync(await scope.ServiceProvider.GetRequiredService<UserAccess>().DisableAsync(userId, CancellationToken.None), "disabled");
                return true;
            case ["enable-user", var id] when Guid.TryParse(id, out var userId):
                await SayAsync(await scope.ServiceProvider.GetRequiredService<UserAccess>().EnableAsync(userId, CancellationToken.None), "enabled");
                return true;
            default:
                return false;
        }
    }

    private static Task SayAsync(bool found, string done) => Console.Out.WriteLineAsync(found ? $"The user is {done}." : "There is no such user.");
}
