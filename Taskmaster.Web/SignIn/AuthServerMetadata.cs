using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Web.Hosting;

namespace Taskmaster.Web.SignIn;

/// <summary>
/// AuthServer's discovery document, read when it is first needed: Web starts without it, and an AuthServer that is away is an outage.
/// </summary>
internal sealed class AuthServerMetadata(ConfigurationManager<OpenIdConnectConfiguration> manager)
    : IConfigurationManager<OpenIdConnectConfiguration>
{
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        try
        {
            return await manager.GetConfigurationAsync(cancel);
        }
        catch (InvalidOperationException exception)
        {
            throw new ServiceUnavailableException(ResourceNames.AuthServer, exception);
        }
    }

    public void RequestRefresh() => manager.RequestRefresh();
}
