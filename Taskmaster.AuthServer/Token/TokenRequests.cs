using System.Diagnostics.Metrics;
using OpenIddict.Server;
using Taskmaster.AuthServer.AuthorizationServer;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Token;

/// <summary>
/// The meter <c>Taskmaster.AuthServer</c>: <c>auth_server.requests</c> counts the answers of the token, introspection
/// and revocation endpoints by endpoint, error (none for a success) and whether the short path gave them.
/// </summary>
internal sealed class TokenRequests :
    IOpenIddictServerHandler<ApplyTokenResponseContext>,
    IOpenIddictServerHandler<ApplyIntrospectionResponseContext>,
    IOpenIddictServerHandler<ApplyRevocationResponseContext>
{
    public const string MeterName = "Taskmaster.AuthServer";
    public const string Answers = "auth_server.requests";

    private readonly Counter<long> _answers;

    public TokenRequests(IMeterFactory meters) =>
        _answers = meters.Create(MeterName).CreateCounter<long>(Answers, "{request}", "Answered requests at the token, introspection and revocation endpoints.");

    public void Count(string endpoint, string? error, bool shortPath) => _answers.Add(
        1,
        new KeyValuePair<string, object?>("endpoint", endpoint),
        new KeyValuePair<string, object?>("error", error ?? "none"),
        new KeyValuePair<string, object?>("short_path", shortPath));

    public ValueTask HandleAsync(ApplyTokenResponseContext context) => CountAsync(context, OAuthEndpoints.Token);

    public ValueTask HandleAsync(ApplyIntrospectionResponseContext context) => CountAsync(context, OAuthEndpoints.Introspect);

    public ValueTask HandleAsync(ApplyRevocationResponseContext context) => CountAsync(context, OAuthEndpoints.Revoke);

    private ValueTask CountAsync(BaseRequestContext context, string endpoint)
    {
        Count(endpoint, context.Transaction.Response?.Error, shortPath: false);
        return ValueTask.CompletedTask;
    }
}
