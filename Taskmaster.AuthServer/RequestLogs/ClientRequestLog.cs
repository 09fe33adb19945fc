using System.Diagnostics;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.RequestLogs;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.RequestLogs;

/// <summary>Notes an answered request for the owner of its client. A client without an owner has nobody who could read it.</summary>
internal sealed class ClientRequestLog(RequestLog log, ClientSecretCheck secrets, TimeProvider clock)
{
    /// <summary>A success of the short path, where the client has authenticated by its secret.</summary>
    public void NoteSuccess(HttpContext context, string endpoint, Client client, IFormCollection form)
    {
        if (client.OwnerId is null || !log.Count(client.ClientId, RequestShare.Succeeded, isError: false))
        {
            return;
        }

        var sent = form.Select(static field => KeyValuePair.Create(field.Key, (string?)field.Value));
        var parameters = new SentParameters(sent, headerSecret: null);
        log.Describe(client.ClientId, RequestShare.Succeeded, Describe(context, endpoint, parameters) with
        {
            Authenticated = true,
            Authentication = form.ContainsKey(Parameters.ClientSecret)
                ? ClientAuthenticationMethods.ClientSecretPost
                : ClientAuthenticationMethods.ClientSecretBasic,
        });
    }

    /// <summary>A code that the short path issued to the browser of a user who let the client in.</summary>
    public void NoteAuthorization(HttpContext context, Client client)
    {
        if (client.OwnerId is null || !log.Count(client.ClientId, RequestShare.Succeeded, isError: false))
        {
            return;
        }

        var sent = context.Request.Query.Select(static field => KeyValuePair.Create(field.Key, (string?)field.Value));
        var parameters = new SentParameters(sent, headerSecret: null);
        log.Describe(client.ClientId, RequestShare.Succeeded, Describe(context, OAuthEndpoints.Authorize, parameters) with
        {
            Authentication = ClientAuthenticationMethods.None,
        });
    }

    public void Note(HttpContext context, string endpoint, Client client, SeenRequest seen)
    {
        if (client.OwnerId is null)
        {
            return;
        }

        var isAuthenticated = seen.IsBy(client, secrets);
        var share = ShareOf(endpoint, isAuthenticated, seen.Error);
        if (!log.Count(client.ClientId, share, isError: seen.Error is not null))
        {
            return;
        }

        var parameters = new SentParameters(seen.All(), seen.HeaderSecret);
        log.Describe(client.ClientId, share, Describe(context, endpoint, parameters) with
        {
            Error = seen.Error?.Error,
            Description = parameters.Describe(seen.Error?.Description),
            Authenticated = isAuthenticated,
            Authentication = seen.Authentication,
        });
    }

    /// <summary>
    /// A browser shows nothing for the client. Yet what it is given is worth as much as what the client is given: a user has
    /// signed in and let the client in.
    /// </summary>
    private static RequestShare ShareOf(string endpoint, bool isAuthenticated, ProtocolError? error) => (isAuthenticated, error) switch
    {
        (true, null) => RequestShare.Succeeded,
        (true, _) => RequestShare.Refused,
        (false, null) when endpoint is OAuthEndpoints.Authorize => RequestShare.Succeeded,
        _ => RequestShare.Claimed,
    };

    private LoggedRequest Describe(HttpContext context, string endpoint, SentParameters parameters)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            Method = context.Request.Method,
            Endpoint = endpoint,
            Status = context.Response.StatusCode,
            Parameters = parameters.Values,
            Withheld = parameters.WithheldNames,
            Others = parameters.Others,
            RequestId = context.TraceIdentifier,
            TraceId = Activity.Current?.TraceId.ToHexString(),
        };
    }
}
