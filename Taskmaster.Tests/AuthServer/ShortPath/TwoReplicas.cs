using System.Diagnostics.Metrics;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.Tests.Fixtures;
using Taskmaster.TokenStore.Fast;
using Taskmaster.TokenStore.Format;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.Tests.AuthServer.ShortPath;

/// <summary>One server's replica with the short path and one without, and what of their answers must be the same.</summary>
internal sealed partial class TwoReplicas : IDisposable
{
    private readonly ShortPathAnswers _withAnswers;
    private readonly ShortPathAnswers _withoutAnswers;

    public TwoReplicas(AuthServerHost host)
    {
        (With, Without) = (host.NewReplica(), host.NewReplica(("Fast:ShortPath", "false")));
        _withAnswers = new(With.Services.GetRequiredService<IMeterFactory>());
        _withoutAnswers = new(Without.Services.GetRequiredService<IMeterFactory>());
    }

    public AuthServerHost.Replica With { get; }

    public AuthServerHost.Replica Without { get; }

    /// <summary>Brings the client into the cache; only then does the short path know it.</summary>
    public async Task KnowAsync(TestClient client) => await SendAsync(
        With, ShortPathRequest.All[0], new() { ["id"] = client.ClientId, ["secret"] = client.Secret });

    /// <summary>
    /// Sends a request to both and compares what a client sees: status, all headers except the one that counts requests
    /// down, and the body with the tokens that were made for it taken out. Words are asked for twice: what one replica
    /// used up the other cannot have.
    /// </summary>
    public async Task<(Answer With, Answer Without)> AssertSameAsync(
        ShortPathRequest request, Func<Task<Dictionary<string, string>>> words)
    {
        _ = _withAnswers.Take();
        var with = await SendAsync(With, request, await words());
        Assert.Equal((request.Name, request.IsShort ? 1 : 0), (request.Name, _withAnswers.Take().Short));

        var without = await SendAsync(Without, request, await words());
        Assert.Equal(Shown(request, without), Shown(request, with));
        Assert.Equal(0, _withoutAnswers.Take().Short);
        return (with, without);
    }

    /// <summary>All that the entry of a token says, except which token it is.</summary>
    public async Task<string> EntryAsync(string reference)
    {
        var reader = With.Services.GetRequiredService<TokenReader>();
        var entry = (await reader.FindAsync(TokenReference.Locate(reference), use: null, default))!;
        var principal = With.Services.GetRequiredService<TokenPayloads>().Unprotect(entry.Type!, entry.PayloadBytes!)!;
        var claims = principal.Claims
            .Where(claim => claim.Value != entry.Id)
            .Select(claim => $"{claim.Type} {claim.Value} {claim.ValueType} {claim.Issuer} {string.Join(',', claim.Properties)}")
            .Order(StringComparer.Ordinal);
        return $"""
            {entry.ApplicationId} {entry.CreationDate:O} {entry.ExpirationDate:O} {entry.Status} {entry.Subject} {entry.Type}
            {entry.AuthorizationId is null} {entry.ReferenceId == entry.Id} {entry.Properties.Count} {Encoding.ASCII.GetString(entry.Header!)[35..]}
            {principal.Identity!.AuthenticationType} {string.Join('\n', claims)}
            """;
    }

    public void Dispose()
    {
        _withAnswers.Dispose();
        _withoutAnswers.Dispose();
    }

    public static Task<Answer> SendAsync(AuthServerHost.Replica replica, ShortPathRequest request, Dictionary<string, string> words)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, request.Path)
        {
            Content = new StringContent(Filled(request.Form), Encoding.ASCII, "application/x-www-form-urlencoded"),
        };

        if (request.Authorization?.Split(' ') is [var scheme, var credentials])
        {
            var filled = Filled(credentials);
            var header = scheme is "Bearer" ? filled : Convert.ToBase64String(Encoding.ASCII.GetBytes(filled));
            Assert.True(message.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {header}"));
        }

        return new UserAgent(replica.NewClient(), new Uri(AuthServerHost.Origin)).SendAsync(message);

        string Filled(string text) => Word().Replace(text, word => words[word.Groups[1].Value]);
    }

    private static string Shown(ShortPathRequest request, Answer answer) => $"""
        {request.Name}: {(int)answer.Status}
        {string.Join('\n', answer.Message.Headers.Concat(answer.Message.Content.Headers).Where(header => header.Key != "RateLimit").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order())}
        {IssuedIdToken().Replace(IssuedToken().Replace(answer.Body, "$1(43 characters)"), "$1(a JWT)")}
        """;

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Word();

    [GeneratedRegex("""("(?:access|refresh)_token": ")[\w-]{43}""")]
    private static partial Regex IssuedToken();

    [GeneratedRegex("""("id_token": ")[\w-]+\.[\w-]+\.[\w-]+""")]
    private static partial Regex IssuedIdToken();
}
