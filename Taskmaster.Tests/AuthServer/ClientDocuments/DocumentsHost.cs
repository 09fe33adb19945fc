using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer.ClientDocuments;

/// <summary>The authorization server, which takes documents of this machine as a developer lets it, and a website that has some.</summary>
public sealed class DocumentsHost : AuthServerHost
{
    /// <summary>An address of this machine that nothing listens at, and that is not asked either.</summary>
    public const string DeniedHost = "127.0.0.9";

    private DocumentServer? _documents;

    public DocumentsHost()
    {
        Set("Fetch:AllowLoopback", "true");
        Set("Fetch:Timeout", "00:00:02");
        Set("Fetch:PerMinute", "1000000");
        Set("ClientDocuments:DeniedHosts", DeniedHost);
    }

    public DocumentServer Documents => _documents ?? throw new InvalidOperationException("The host has not started.");

    public override async Task InitializeAsync()
    {
        _documents = await DocumentServer.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Documents.DisposeAsync();
    }

    /// <summary>The client of a document, which nobody registered.</summary>
    internal TestClient ClientAt(string address, string redirectUri = DocumentServer.Callback, Replica? replica = null) =>
        new(this, address, ClientSecret: null, redirectUri, new TestUser(Guid.Empty, "Nobody", string.Empty, string.Empty),
            NewUserAgent(replica));

    /// <summary>An authorization request with the code challenge that every such client must send.</summary>
    internal static string RequestOf(TestClient client, Pkce pkce, params (string Name, string? Value)[] parameters) =>
        client.AuthorizeUrl([
            ("scope", "openid tasks:read offline_access"), ("code_challenge", pkce.Challenge), ("code_challenge_method", "S256"),
            .. parameters,
        ]);

    /// <summary>The user lets the client in, and it redeems the code.</summary>
    internal static async Task<Answer> SignInAsync(
        TestClient client, UserAgent user, params (string Name, string? Value)[] authentication)
    {
        var pkce = Pkce.New();
        var answer = await user.AllowAsync(RequestOf(client, pkce));
        var code = answer.Query["code"] ?? throw new InvalidOperationException($"No code in {answer.Location}");
        return await client.RedeemAsync(code, [("code_verifier", pkce.Verifier), .. authentication]);
    }
}
