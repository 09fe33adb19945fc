using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Web.Api;

namespace Taskmaster.Web.SignIn;

/// <summary>
/// How Web reaches AuthServer's endpoints. Discovery names them by the public origin, which is Web itself: those
/// addresses are rewritten to the service's own, found by service discovery.
/// </summary>
internal sealed class AuthServerBackchannel(PublicOrigin origin) : DelegatingHandler
{
    public const string Name = "authserver-backchannel";

    private static readonly Uri Service = new($"http://{ResourceNames.AuthServer}");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is { } uri
            && Uri.Compare(uri, origin.Uri, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0)
        {
            request.RequestUri = new Uri(Service, uri.PathAndQuery);
        }

        return base.SendAsync(request, cancellationToken);
    }
}

internal static class AuthServerBackchannelExtensions
{
    public static void AddAuthServerBackchannel(this IServiceCollection services)
    {
        services.AddTransient<AuthServerBackchannel>();
        services.AddHttpClient(AuthServerBackchannel.Name)
            .ReportOutagesOf(ResourceNames.AuthServer, asUser: false)
            // Before service discovery, which looks at the address.
            .ConfigureAdditionalHttpMessageHandlers(
                (handlers, provider) => handlers.Insert(0, provider.GetRequiredService<AuthServerBackchannel>()));

        services.AddSingleton(provider => new AuthServerMetadata(new ConfigurationManager<OpenIdConnectConfiguration>(
            $"http://{ResourceNames.AuthServer}{PublicPaths.OpenIdConfiguration}",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(
                provider.GetRequiredService<IHttpClientFactory>().CreateClient(AuthServerBackchannel.Name))
            { RequireHttps = false })
        {
            // A key that is not known is asked for at once, however lately they were read.
            RefreshInterval = BaseConfigurationManager.MinimumRefreshInterval,
        }));
    }
}
