using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Taskmaster.Tests.Fixtures;
using static Taskmaster.Tests.AuthServer.ClientDocuments.DocumentsHost;
using static Taskmaster.Tests.Fixtures.DocumentServer;

namespace Taskmaster.Tests.AuthServer.ClientDocuments;

/// <summary>When a metadata document is fetched and when not, and what comes of one that is not as it should be.</summary>
public sealed class DocumentFetchTests(DocumentsHost host) : IClassFixture<DocumentsHost>
{
    private const string CannotBeUsed = "The client's metadata document cannot be used: ";
    private const string Unreachable = "The client's metadata document cannot be fetched from its client_id";

    private DocumentServer Documents => host.Documents;

    public static TheoryData<string, string> WrongDocuments => new()
    {
        { """{"client_id":"https://other.example/client.json"}""", "client_id must be the address of the document" },
        { """{"client_id":null}""", "client_id must be the address of the document" },
        { """{"client_name":null}""", "client_name is missing" },
        { """{"client_name":"\u200b"}""", "client_name must have a character that can be seen" },
        { """{"redirect_uris":[]}""", "redirect_uris is missing" },
        { """{"redirect_uris":null}""", "redirect_uris is missing" },
        { """{"redirect_uris":[null]}""", "redirect_uris must be a list of addresses" },
        { """{"redirect_uris":"https://agent.example/callback"}""", "redirect_uris cannot be read" },
        { """{"redirect_uris":["javascript:alert(1)"]}""", "'javascript:alert(1)' uses a scheme that is not allowed" },
        { """{"token_endpoint_auth_method":"client_secret_basic"}""", "token_endpoint_auth_method must not need a shared secret" },
        { """{"token_endpoint_auth_method":"client_secret_jwt"}""", "token_endpoint_auth_method must not need a shared secret" },
        { """{"token_endpoint_auth_method":"tls_client_auth"}""", "token_endpoint_auth_method must be one of: private_key_jwt, none" },
        { """{"token_endpoint_auth_method":"private_key_jwt"}""", "private_key_jwt needs either jwks or jwks_uri" },
        { """{"token_endpoint_auth_method":"private_key_jwt","jwks":{"keys":[]}}""", "jwks must hold 1 to 10 keys" },
        { """{"token_endpoint_auth_method":"private_key_jwt","jwks_uri":"https://127.0.0.9/keys"}""", "jwks_uri leads to no keys" },
        { """{"token_endpoint_auth_method":"private_key_jwt","jwks_uri":"file:///etc/hostname"}""", "jwks_uri leads to no keys" },
        { """{"client_secret":"x"}""", "client_secret has no place in it" },
        { """{"client_secret_expires_at":0}""", "client_secret has no place in it" },
        { """{"grant_types":["client_credentials"]}""", "grant_types must have authorization_code" },
        { """{"response_types":["token"]}""", "response_types must have code" },
        { """{"scope":"mcp:tools"}""", "scope names none that there is here" },
    };

    [Theory]
    [MemberData(nameof(WrongDocuments))]
    [Trait("Behaviour", "46")]
    public async Task A_document_that_cannot_be_used_says_why(string members, string problem)
    {
        var address = Documents.PublishNew(
            [.. JsonNode.Parse(members)!.AsObject().Select(member => (member.Key, member.Value?.DeepClone()))]);

        (await AuthorizeAsync(address)).IsError(HttpStatusCode.BadRequest, "invalid_request", CannotBeUsed + problem);
    }

    [Theory]
    [Trait("Behaviour", "46")]
    [InlineData("huge", CannotBeUsed + "it must be 64 KiB or less")]
    [InlineData("endless", CannotBeUsed + "it must be 64 KiB or less")]
    [InlineData("redirect", CannotBeUsed + "a redirect is not followed")]
    [InlineData("text", CannotBeUsed + "its Content-Type is not application/json")]
    [InlineData("untyped", CannotBeUsed + "its Content-Type is not application/json")]
    [InlineData("compressed", CannotBeUsed + "its Content-Type is not application/json")]
    [InlineData("created", CannotBeUsed + "its status is not 200")]
    [InlineData("failing", CannotBeUsed + "its status is not 200")]
    [InlineData("no JSON", CannotBeUsed + "it is no JSON object")]
    [InlineData("an array", CannotBeUsed + "it is no JSON object")]
    [InlineData("null", CannotBeUsed + "it is no JSON object")]
    [InlineData("twice", CannotBeUsed + "client_id cannot be read")]
    [InlineData("missing", "There is no metadata document at the client_id")]
    [InlineData("cut off", Unreachable)]
    [InlineData("slow", Unreachable)]
    public async Task An_answer_that_is_no_document_is_an_error_and_never_a_failure(string kind, string description)
    {
        var address = Documents.NewAddress();
        Documents.Answer(address, WrongAnswer(kind, address));

        var answer = await AuthorizeAsync(address);

        answer.IsError(HttpStatusCode.BadRequest, "invalid_request", description);
    }

    [Fact]
    [Trait("Behaviour", "46")]
    public async Task A_browser_gets_a_page_and_a_pushed_request_its_error_and_neither_is_redirected()
    {
        var client = host.ClientAt(Documents.NewAddress());

        var page = (await host.NewUserAgent().GetAsync(RequestOf(client, Pkce.New()))).Is(HttpStatusCode.BadRequest);
        Assert.Contains("There is no metadata document at the client_id", page.Body, StringComparison.Ordinal);
        var pushed = await client.PostAsync("/oauth2/par", ("response_type", "code"), ("redirect_uri", Callback));
        pushed.IsError(HttpStatusCode.Unauthorized, "invalid_client", "There is no metadata document at the client_id");
    }

    /// <summary>Draft §5.2: an error is not kept.</summary>
    [Fact]
    [Trait("Behaviour", "46")]
    public async Task A_document_that_is_put_right_is_taken_at_once()
    {
        var address = Documents.NewAddress();
        (await AuthorizeAsync(address)).Is(HttpStatusCode.BadRequest);

        Documents.Publish(address, Document(address), contentType: "application/client-metadata+json; charset=utf-8");

        (await AuthorizeAsync(address)).Is(HttpStatusCode.Redirect);
    }

    [Theory]
    [Trait("Behaviour", "46")]
    [InlineData("no-store", 30, 1)]
    [InlineData("no-store", 61, 2)]
    [InlineData("max-age=600", 590, 1)]
    [InlineData("max-age=600", 610, 2)]
    [InlineData("max-age=600, s-maxage=60", 610, 2)]
    [InlineData(null, 3_500, 1)]
    [InlineData(null, 3_700, 2)]
    [InlineData("max-age=31536000", 86_300, 1)]
    [InlineData("max-age=31536000", 86_500, 2)]
    public async Task A_document_is_kept_for_as_long_as_it_says_between_a_minute_and_a_day(string? cacheControl, int seconds, int fetches)
    {
        var address = Documents.NewAddress();
        Documents.Publish(address, Document(address), cacheControl);
        (await AuthorizeAsync(address)).Is(HttpStatusCode.Redirect);

        host.Clock.Advance(TimeSpan.FromSeconds(seconds));
        (await AuthorizeAsync(address)).Is(HttpStatusCode.Redirect);

        Assert.Equal(fetches, Documents.FetchesOf(address));
    }

    [Fact]
    [Trait("Behaviour", "46")]
    public async Task A_document_that_has_not_changed_is_not_sent_again()
    {
        var address = Documents.NewAddress();
        Documents.Publish(address, Document(address), "max-age=60", "\"one\"");

        foreach (var _ in Enumerable.Range(0, 3))
        {
            (await AuthorizeAsync(address)).Is(HttpStatusCode.Redirect);
            host.Clock.Advance(TimeSpan.FromSeconds(61));
        }

        Assert.Equal(["", "\"one\"", "\"one\""], Documents.TagsSentFor(address).Select(tag => tag ?? string.Empty));
    }

    [Fact]
    [Trait("Behaviour", "46")]
    public async Task Twenty_sign_ins_at_once_fetch_a_document_once()
    {
        var address = Documents.NewAddress();
        var ready = new TaskCompletionSource();
        Documents.Answer(address, async context =>
        {
            await ready.Task;

            // Whoever comes after the answer has use of it, too.
            context.Response.Headers.CacheControl = "max-age=60";
            await context.Response.WriteAsJsonAsync(Document(address));
        });

        var waiting = Enumerable.Range(0, 20).Select(_ => AuthorizeAsync(address)).ToList();
        ready.SetResult();

        Assert.All(await Task.WhenAll(waiting), answer => answer.Is(HttpStatusCode.Redirect));
        Assert.Equal(1, Documents.FetchesOf(address));
    }

    [Fact]
    [Trait("Behaviour", "46")]
    public async Task Nothing_is_fetched_for_a_request_that_only_a_client_which_was_let_in_can_make()
    {
        var client = host.ClientAt(Documents.PublishNew());

        await client.RedeemAsync("x", ("code_verifier", Pkce.New().Verifier));
        await client.RefreshAsync("x");
        await client.RevokeAsync("x");
        await client.IntrospectAsync("x");
        await client.PostAsync("/oauth2/device", ("scope", "openid"));
        await host.NewUserAgent().GetAsync($"/oauth2/logout?client_id={Uri.EscapeDataString(client.ClientId)}");

        Assert.Equal(0, Documents.FetchesOf(client.ClientId));
    }

    [Fact]
    [Trait("Behaviour", "46")]
    public async Task One_caller_cannot_have_any_number_of_documents_fetched()
    {
        var replica = host.NewReplica(("Fetch:PerMinute", "3"));
        var addresses = Enumerable.Range(0, 5).Select(_ => Documents.PublishNew()).ToList();

        var answers = new List<Answer>();
        foreach (var address in addresses)
        {
            answers.Add(await AuthorizeAsync(address, replica));
        }

        Assert.All(answers[..3], answer => answer.Is(HttpStatusCode.Redirect));
        Assert.All(answers[3..], answer => answer.IsError(
            HttpStatusCode.BadRequest, "temporarily_unavailable",
            "Too many metadata documents are asked for at once. Try again in a minute."));
        Assert.All(addresses[3..], address => Assert.Equal(0, Documents.FetchesOf(address)));
    }

    [Fact]
    [Trait("Behaviour", "46")]
    public async Task Who_uses_up_the_fetches_keeps_nobody_from_a_client_that_is_known()
    {
        var replica = host.NewReplica(("Fetch:PerMinute", "1"));
        var (known, unknown) = (Documents.PublishNew(), Documents.PublishNew());
        (await AuthorizeAsync(known, replica)).Is(HttpStatusCode.Redirect);
        host.Clock.Advance(TimeSpan.FromHours(2));

        (await AuthorizeAsync(unknown, replica)).Is(HttpStatusCode.BadRequest);

        (await AuthorizeAsync(known, replica)).Is(HttpStatusCode.Redirect);
        Assert.Equal(1, Documents.FetchesOf(known));
    }

    [Fact]
    public async Task Hosts_are_allowed_and_denied_by_settings_and_the_whole_can_be_off()
    {
        var address = Documents.PublishNew();
        var elsewhere = host.NewReplica(("ClientDocuments:AllowedHosts", "agents.example *.agents.example"));
        var here = host.NewReplica(("ClientDocuments:AllowedHosts", "agents.example 127.0.0.1"));
        var nowhere = host.NewReplica(("ClientDocuments:Enabled", "false"));

        const string notTaken = "Clients of this host are not taken here";
        (await AuthorizeAsync($"http://{DeniedHost}/client.json")).IsError(HttpStatusCode.BadRequest, "invalid_request", notTaken);
        (await AuthorizeAsync(address, elsewhere)).IsError(HttpStatusCode.BadRequest, "invalid_request", notTaken);
        (await AuthorizeAsync(address, nowhere)).IsError(
            HttpStatusCode.BadRequest, "invalid_request", "A client_id that is an address is not taken here: register the client");
        Assert.Equal(0, Documents.FetchesOf(address));
        (await AuthorizeAsync(address, here)).Is(HttpStatusCode.Redirect);
        Assert.DoesNotContain("client_id_metadata_document_supported", (await MetadataAsync(nowhere)).Properties);
    }

    [Fact]
    public async Task A_client_whose_host_is_denied_since_gets_no_more_tokens()
    {
        var client = host.ClientAt(Documents.PublishNew());
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var bought = (await SignInAsync(client, alice)).Is(HttpStatusCode.OK);
        var strict = host.NewReplica(("ClientDocuments:DeniedHosts", "127.0.0.1"));

        (await host.ClientAt(client.ClientId, replica: strict).RefreshAsync(bought["refresh_token"]))
            .IsError(HttpStatusCode.Unauthorized, "invalid_client", "Clients of this host are not taken here");
    }

    [Fact]
    public async Task Both_metadata_documents_announce_it()
    {
        Assert.True((bool)(await MetadataAsync()).Json["client_id_metadata_document_supported"]!);
        Assert.True((bool)(await host.NewUserAgent().GetAsync("/.well-known/oauth-authorization-server", "*/*"))
            .Json["client_id_metadata_document_supported"]!);
    }

    private Task<Answer> AuthorizeAsync(string address, AuthServerHost.Replica? replica = null) =>
        host.NewUserAgent(replica).GetAsync(RequestOf(host.ClientAt(address), Pkce.New()), "*/*");

    private async Task<Answer> MetadataAsync(AuthServerHost.Replica? replica = null) =>
        (await host.NewUserAgent(replica).GetAsync("/.well-known/openid-configuration", "*/*")).Is(HttpStatusCode.OK);

    private RequestDelegate WrongAnswer(string kind, string address) => async context =>
    {
        var response = context.Response;
        response.ContentType = kind switch { "text" => "text/html", "untyped" => null, _ => "application/json" };
        switch (kind)
        {
            case "huge":
                response.ContentLength = 70_000;
                await response.WriteAsync(new string(' ', 70_000));
                break;
            case "endless":
                for (var sent = 0; sent < 100 && !context.RequestAborted.IsCancellationRequested; sent++)
                {
                    await response.WriteAsync(new string(' ', 10_000));
                }

                break;
            case "redirect":
                response.Redirect(Documents.PublishNew());
                break;
            case "compressed":
                response.Headers.ContentEncoding = "gzip";
                break;
            case "created" or "failing":
                response.StatusCode = kind == "created" ? 201 : 503;
                await response.WriteAsync(Document(address).ToJsonString());
                break;
            case "missing":
                response.StatusCode = 404;
                break;
            case "cut off":
                response.ContentLength = 1_000;
                await response.WriteAsync("{");
                await response.Body.FlushAsync();
                context.Abort();
                break;
            case "slow":
                await response.WriteAsync("{");
                await response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            default:
                await response.WriteAsync(kind switch
                {
                    "an array" => "[]",
                    "null" => "null",
                    "twice" => $$"""{"client_id":"{{address}}","client_id":"{{address}}"}""",
                    "no JSON" => "client_id",
                    _ => Document(address).ToJsonString(),
                });
                break;
        }
    };
}
