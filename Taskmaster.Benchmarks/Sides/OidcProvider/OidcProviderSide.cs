using System.Globalization;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides.OidcProvider;

/// <summary>npm's oidc-provider with Redis, and a resource server that introspects there: Peers/oidc-provider.</summary>
internal static class OidcProviderSide
{
    public const string Name = "oidc-provider";
    public const string WithTls = "oidc-provider, TLS";

    private static readonly ClientAccount Es256Client = ClientAccount.Fixed with { ClientId = "benchmark-es256" };

    /// <returns>By HTTP in clear, and the same processes by TLS; none where there is no Node.</returns>
    public static async Task<IReadOnlyList<Side>> StartAsync(Run run, RunCertificate certificate)
    {
        if (await NodePeer.InstallAsync(Name) is not { } peer)
        {
            return [];
        }

        var redis = await RedisServer.StartAsync(run, Name);
        var postgres = await TaskTable.StartAsync(run, Name);
        var (port, apiPort, tlsPort, apiTlsPort) = (FreePort.Next(), FreePort.Next(), FreePort.Next(), FreePort.Next());
        var environment = new Dictionary<string, string>
        {
            ["PORT"] = Text(port),
            ["API_PORT"] = Text(apiPort),
            ["TLS_PORT"] = Text(tlsPort),
            ["API_TLS_PORT"] = Text(apiTlsPort),
            ["CERTIFICATE"] = certificate.CertificateFile,
            ["CERTIFICATE_KEY"] = certificate.KeyFile,
            ["REDIS_PORT"] = Text(redis.Port),
            ["CLIENT_ID"] = ClientAccount.Fixed.ClientId,
            ["ES256_CLIENT_ID"] = Es256Client.ClientId,
            ["CLIENT_SECRET"] = ClientAccount.Fixed.ClientSecret,
            ["REDIRECT_URI"] = ClientAccount.Fixed.RedirectUri,
            ["POSTGRES_PORT"] = Text(postgres.Port),
            ["POSTGRES_DATABASE"] = TaskTable.Database,
            ["TASKS_QUERY"] = TaskTable.Query,
            ["OWNER"] = TaskTable.Owner,
        };

        var provider = peer.Start(run, Name, "server.mjs", environment);
        var api = peer.Start(run, Name + "-api", "resource-server.mjs", environment);
        await provider.UntilHealthyAsync(port, "/.well-known/openid-configuration");
        await api.UntilHealthyAsync(apiPort);

        var side = new Side(Name, SideKind.AuthorizationServer, port, [provider, api])
        {
            ApiPort = apiPort,
            Redis = redis,
            Postgres = postgres,
            AuthorizeStatus = 303,
            HasTokensInRedis = true,
            Es256Client = Es256Client,
        };
        side = side with { Cookie = await Browser.SignInAsync(side, [side.Client, Es256Client]) };
        return
        [
            side,
            side with { Name = WithTls, Kind = SideKind.Tls, Port = tlsPort, ApiPort = apiTlsPort, Certificate = certificate.Pem },
        ];
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
