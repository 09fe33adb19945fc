using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Redis server.</summary>
public sealed class RedisResource(string name, ParameterResource password)
    : Resource(name), IResourceWithArgs, IResourceWithEndpoints, IResourceWithConnectionString, IResourceWithWaitSupport
{
    internal const string PrimaryEndpointName = "tcp";

    public ParameterResource PasswordParameter => password;

    public EndpointReference PrimaryEndpoint => new(this, PrimaryEndpointName);

    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        new($"localhost:{PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture)},password={password.Value}");

    public IEnumerable<KeyValuePair<string, string>> GetConnectionProperties()
    {
        var port = PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture);
        return
        [
            new("Host", "localhost"),
            new("Port", port),
            new("Password", password.Value),
            new("Uri", $"redis://:{Uri.EscapeDataString(password.Value)}@localhost:{port}"),
        ];
    }
}
