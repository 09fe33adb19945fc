using Microsoft.Extensions.DependencyInjection;
using Taskmaster.AuthServer.Consents;
using Taskmaster.AuthServer.Data;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

public sealed class ValidSessionsTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    [Fact]
    public async Task The_query_of_every_authorization_request_is_compiled_once()
    {
        using var compiled = new CompiledQueries();
        for (var times = 0; times < 5; times++)
        {
            await using var scope = host.Services.CreateAsyncScope();
            var sessions = new ValidSessions(scope.ServiceProvider.GetRequiredService<AuthDbContext>());
            Assert.Null(await sessions.FindAsync(Guid.Empty, "a stamp", Guid.Empty, CancellationToken.None));
        }

        Assert.Equal(1, compiled.Count);
    }
}
