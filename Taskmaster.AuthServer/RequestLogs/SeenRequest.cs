using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.Features;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.RequestLogs;

/// <summary>An answered request of OAuth, as far as it was read: by OpenIddict, or by nobody who came that far.</summary>
internal sealed class SeenRequest
{
    private readonly HttpContext _context;
    private readonly OpenIddictServerTransaction? _transaction;
    private readonly ProcessAuthenticationContext? _authentication;
    private readonly BasicCredentials? _basic;

    private SeenRequest(HttpContext context, OpenIddictServerTransaction? transaction, ProtocolError? error)
    {
        (_context, _transaction, Error) = (context, transaction, error);
        _authentication = transaction?.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!);
        _basic = context.Request.Headers.Authorization is [{ } header] ? BasicCredentials.Read(header) : null;
    }

    /// <summary>Null for a success.</summary>
    public ProtocolError? Error { get; }

    /// <summary>Null for a request that the short path answered, or that was sent on to a page on which a user signs in first.</summary>
    public static SeenRequest? Of(HttpContext context)
    {
        var transaction = context.Features.Get<OpenIddictServerAspNetCoreFeature>()?.Transaction;
        if (transaction is null && context.Response.StatusCode < StatusCodes.Status400BadRequest)
        {
            return null;
        }

        var error = context.GetAnsweredError();
        return error is not null ? new(context, transaction, error)
            : transaction?.Response is { } response ? new(context, transaction, OfResponse(response))
            : null;
    }

    /// <summary>The client that the request says it comes from.</summary>
    public string? ClientId =>
        _transaction?.Request?.ClientId
        ?? _authentication?.ClientAssertionPrincipal?.GetClaim(Claims.Subject)
        ?? _basic?.Id
        ?? (Form?[Parameters.ClientId] is [{ Length: > 0 } posted] ? posted : null)
        ?? (_context.Request.Query[Parameters.ClientId] is [{ Length: > 0 } named] ? named : null);

    /// <summary>How it authenticates, or tries to (RFC 7591 §2).</summary>
    public string Authentication =>
        _basic is not null ? ClientAuthenticationMethods.ClientSecretBasic
        : Sent(Parameters.ClientAssertion) ? ClientAuthenticationMethods.PrivateKeyJwt
        : Sent(Parameters.ClientSecret) ? ClientAuthenticationMethods.ClientSecretPost
        : ClientAuthenticationMethods.None;

    public string? HeaderSecret => _basic?.Secret;

    // Only a form that was read: whoever reads one that nobody could read meets the same exception.
    private IFormCollection? Form => _context.Features.Get<IFormFeature>()?.Form;

    /// <summary>Whether it shows that it is the client's, by a secret, a key, or a code or token that was issued to it.</summary>
    public bool IsBy(Client client, ClientSecretCheck secrets)
    {
        if (client.IsPublic)
        {
            return (_authentication?.AuthorizationCodePrincipal ?? _authentication?.RefreshTokenPrincipal
                ?? _authentication?.DeviceCodePrincipal ?? _authentication?.GenericTokenPrincipal)?.HasPresenter(client.ClientId) is true;
        }

        return _authentication?.ClientAssertionPrincipal?.GetClaim(Claims.Subject) == client.ClientId
            || ((_transaction?.Request?.ClientSecret ?? _basic?.Secret) is { } secret && secrets.Matches(client, secret));
    }

    /// <summary>What was sent, each value of a parameter by itself; without a secret that OpenIddict took from a header.</summary>
    public IEnumerable<KeyValuePair<string, string?>> All()
    {
        if (_transaction?.Request is { } request)
        {
            foreach (var (name, value) in request.GetParameters())
            {
                if (name is Parameters.ClientSecret && _basic is not null)
                {
                    continue;
                }

                foreach (var text in (ImmutableArray<string?>?)value ?? [])
                {
                    yield return new(name, text);
                }
            }
        }
        else
        {
            foreach (var (name, values) in Form ?? FormCollection.Empty)
            {
                foreach (var text in values)
                {
                    yield return new(name, text);
                }
            }
        }
    }

    private static ProtocolError? OfResponse(OpenIddictResponse response) =>
        response.Error is { Length: > 0 } error ? new(error, response.ErrorDescription ?? string.Empty) : null;

    private bool Sent(string parameter) => All().Any(sent => sent.Key == parameter);
}
