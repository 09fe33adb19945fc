using System.Collections.Frozen;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Dpop;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Fast;

/// <summary>
/// A request as the documentation shows it: a form whose parameters are there once and not empty, and one authentication of a
/// confidential client that the cache knows.
/// </summary>
internal readonly record struct PlainRequest(Client Client, IFormCollection Form)
{
    public string? this[string parameter] => Form[parameter] is [{ } value] ? value : null;

    /// <summary>Parameters as they are written: the form finds them in any case, and OpenIddict does not.</summary>
    public bool HasOnly(FrozenSet<string> parameters)
    {
        foreach (var (name, _) in Form)
        {
            if (!parameters.Contains(name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Null leaves the request to OpenIddict. The form it has read then is not read again.</summary>
    public static async ValueTask<PlainRequest?> ReadAsync(HttpRequest request, ClientCache clients, ClientSecretCheck secrets)
    {
        if (!HttpMethods.IsPost(request.Method)
            || request.PathBase.HasValue
            || request.QueryString.HasValue
            // RFC 9449 §5: a proof asks for a token that is bound to a key.
            || DpopProofs.IsIn(request)
            || request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        var form = await request.ReadFormAsync();

        foreach (var (_, values) in form)
        {
            if (values is not [{ Length: > 0 }])
            {
                return null;
            }
        }

        // Other grants are OpenIddict's, which authenticates their clients itself.
        if ((string?)form[Parameters.GrantType]
            is not (null or GrantTypes.ClientCredentials or GrantTypes.AuthorizationCode or GrantTypes.RefreshToken))
        {
            return null;
        }

        return Credentials(request, form) is var (id, secret)
            && clients.Cached(id) is { IsPublic: false } client
            && secrets.Matches(client, secret)
                ? new PlainRequest(client, form)
                : null;
    }

    private static (string Id, string Secret)? Credentials(HttpRequest request, IFormCollection form)
    {
        var (id, secret) = ((string?)form[Parameters.ClientId], (string?)form[Parameters.ClientSecret]);

        return (request.Headers.Authorization, id, secret) switch
        {
            ([], not null, not null) => (id, secret),
            ([{ } header], null, null) => Basic(header),
            _ => null,
        };
    }

    // What form-urlencoding would change is left to OpenIddict.
    private static (string Id, string Secret)? Basic(string header) =>
        BasicCredentials.Read(header) is { IsPlain: true, Id: var id, Secret: { Length: > 0 } secret } ? (id, secret) : null;
}
