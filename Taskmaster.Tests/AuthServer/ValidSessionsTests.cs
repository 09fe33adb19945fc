using Microsoft.Extensions.DependencyInjection;
using Taskmaster.AuthServer.Consents;
using Taskmaster.AuthServer.Sessions;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

public sealed class ValidSessionsTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    [Fact]
    public async Task The_query_of_every_authorization_request_is_compiled_once()
    {
        var sessions = new ValidSessions(host.Services.GetRequiredService<IServiceScopeFactory>());
        Assert.Null(await FindAsync());

        using var compiled = new CompiledQueries();
        for (var times = 0; times < 5; times++)
        {
            Assert.Null(await FindAsync());
        }

        Assert.Equal(0, compiled.Count);

        Task<ValidSession?> FindAsync() => sessions.FindAsync(Guid.Empty, "a stamp", Guid.Empty, CancellationToken.None);
    }
}
