using System.Reflection;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Developer.Requests;

namespace Taskmaster.Tests.Web;

/// <summary>What the pages of the request log say of a request.</summary>
public sealed class RequestLogPageTests
{
    private const string Registered = "https://yourapp.com/auth/callback";

    [Fact]
    public void Every_error_that_the_protocol_has_is_explained_by_a_situation_of_its_own()
    {
        var errors = typeof(ProtocolErrors).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null))
            .OfType<ProtocolError>()
            .Append(ProtocolErrors.MissingParameter("code"))
            .Append(ProtocolErrors.DuplicateParameter("code"))
            .Append(ProtocolErrors.InvalidScopeOf("tasks"))
            .Append(ProtocolErrors.TooManyRequests(5))
            .ToList();
        var nothing = Situations.Of(Answered(418, null, null));

        Assert.True(errors.Count > 40);
        Assert.All(errors, error => Assert.NotEqual(nothing, Situations.Of(Answered(StatusOf(error), error.Error, error.Description))));
        Assert.Equal(
            "The redirect URI is not registered", Situations.Of(Answered(400, "invalid_request", "Invalid redirect URI")).Title);
        Assert.Equal("The client secret is wrong", Situations.Of(Answered(401, "invalid_client", "invalid client credentials")).Title);
    }

    [Theory]
    [InlineData(Registered + "/", "There is a slash at the end that the registered one does not have.", "Byte 34: / (2F) was sent, nothing is registered.")]
    [InlineData("http://yourapp.com/auth/callback", "It begins with http, the registered one with https.", "Byte 5: : (3A) was sent, s (73) is registered.")]
    [InlineData("https://yourapp.com/Auth/callback", "Only upper and lower case differ.", "Byte 21: A (41) was sent, a (61) is registered.")]
    [InlineData("https://yourapp.com/auth", "It ends where the registered one goes on.", "Byte 25: nothing was sent, / (2F) is registered.")]
    [InlineData("http://localhost:3000/b", "localhost and 127.0.0.1 are two different hosts.", "Byte 8: l (6C) was sent, 1 (31) is registered.")]
    [InlineData("https://other.example/", "They are two different addresses from there on.", "Byte 9: o (6F) was sent, y (79) is registered.")]
    public void A_redirect_URI_is_compared_with_the_registered_one_it_resembles_most(string sent, string words, string bytes)
    {
        var difference = UriDifference.Between(sent, [Registered, "http://127.0.0.1:3000/b"])!;

        Assert.Equal((words, bytes), (difference.Words, difference.Bytes));
        Assert.Equal(sent, difference.Common + difference.SentRest);
        Assert.Equal(difference.Registered, difference.Common + difference.RegisteredRest);
    }

    [Fact]
    public void A_command_line_has_placeholders_for_secrets_and_nothing_that_a_shell_would_read()
    {
        var token = Answered(400, "invalid_grant", "Invalid authorization code") with
        {
            Authentication = "client_secret_basic",
            Parameters = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["redirect_uri"] = "';$(reboot)\"\\\n`&" },
            Withheld = ["code"],
        };

        Assert.Equal(
            """
            curl -i 'https://taskmaster.example/oauth2/token' \
              -u 'id:CLIENT_SECRET' \
              -d 'grant_type=authorization_code' \
              -d 'redirect_uri=%27%3B%24%28reboot%29%22%5C%0A%60%26' \
              -d 'code=CODE'
            """.ReplaceLineEndings("\n"),
            CurlCommand.Of(token, "id", "https://taskmaster.example"));
        Assert.Equal(
            """
            curl -i -X PUT 'https://taskmaster.example/api/tasks' \
              -H 'Authorization: Bearer ACCESS_TOKEN' \
              -H 'Content-Type: application/json' \
              -d 'BODY'
            """.ReplaceLineEndings("\n"),
            CurlCommand.Of(
                token with { Method = "PUT", Endpoint = "/api/tasks", Authentication = null }, "id", "https://taskmaster.example"));
    }

    private static int StatusOf(ProtocolError error) => error.Error switch
    {
        "temporarily_unavailable" => 503,
        ErrorCodes.TooManyRequests => 429,
        _ => 400,
    };

    private static LoggedRequest Answered(int status, string? error, string? description) => new(
        Guid.Empty, default, "POST", "/oauth2/token", status, error, description, Authenticated: true, "none", null, null, 0, null, null);
}
