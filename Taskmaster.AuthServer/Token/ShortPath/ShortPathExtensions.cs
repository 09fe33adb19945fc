using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Token.ShortPath;

internal static class ShortPathExtensions
{
    public static void AddShortPath(this OpenIddictServerBuilder server, ShortPathOptions options)
    {
        if (!options.Enabled)
        {
            return;
        }

        server.Services.AddSingleton<ShortClientCredentials>();
        server.Services.AddSingleton<ShortIntrospection>();
        server.Services.AddHostedService<ShortPathPreconditions>();
        server.AddEventHandler<ProcessRequestContext>(handler => handler.UseSingletonHandler<ShortPathHandler>().SetOrder(ShortPathHandler.Order));
    }
}
