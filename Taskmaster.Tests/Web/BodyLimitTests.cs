using System.Net;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Tests.Web;

/// <summary>How much content the public origin takes, over real sockets: more is 413 (RFC 9110 §15.5.14), never an outage.</summary>
public sealed class BodyLimitTests : IClassFixture<WebStackFixture>, IDisposable
{
    private readonly WebStack _stack;
    private readonly HttpClient _caller;

    public BodyLimitTests(WebStackFixture fixture)
    {
        _stack = fixture.Stack;
        _stack.AuthServer.Instead = _ => Task.CompletedTask;
        _stack.TasksApi.Answer = _ => Task.CompletedTask;
        _stack.AuthServer.Forget();
        _stack.TasksApi.Received.Clear();
        _caller = new HttpClient { BaseAddress = fixture.Origin };
    }

    public void Dispose() => _caller.Dispose();

    [Theory]
    [InlineData(
        "/oauth2/token", BodyLimits.Form,
        """{"error":"invalid_request","error_description":"The request body must be 65536 bytes or less"}""")]
    [InlineData(
        "/oauth2/authorize", BodyLimits.Form,
        """{"error":"invalid_request","error_description":"The request body must be 65536 bytes or less"}""")]
    [InlineData(
        "/oauth2/register", BodyLimits.Form,
        """{"error":"invalid_request","error_description":"The request body must be 65536 bytes or less"}""")]
    [InlineData("/sign-in", BodyLimits.Form, "<h1>Too much at once</h1>")]
    [InlineData("/sign-up", BodyLimits.Form, "<h1>Too much at once</h1>")]
    [InlineData("/consent", BodyLimits.Form, "<h1>Too much at once</h1>")]
    [InlineData("/api/tasks", BodyLimits.Api, """{"message":"The request body must be 1048576 bytes or less"}""")]
    public async Task Content_up_to_the_limit_is_forwarded_and_one_byte_more_is_413(string path, int limit, string answer)
    {
        foreach (var isLengthKnown in new[] { true, false })
        {
            using (var fits = await PostAsync(path, limit, isLengthKnown))
            {
                Assert.Equal(HttpStatusCode.OK, fits.StatusCode);
            }

            Assert.Equal(limit, Received.Single().Body.Length);
            Forget();

            using var refused = await PostAsync(path, limit + 1, isLengthKnown);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
            Assert.Null(refused.Headers.RetryAfter);
            Assert.Contains(answer, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Empty(Received);
        }
    }

    /// <summary>Who sends much has not read the answer yet, and must not lose it to a reset connection (RFC 9112 §9.6).</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Content_far_over_the_limit_is_413_each_time_also_for_many_at_once(bool isLengthKnown)
    {
        var statuses = await Task.WhenAll(Enumerable.Range(0, 24).Select(async number =>
        {
            using var response = await PostAsync(number % 2 == 0 ? "/oauth2/token" : "/api/tasks", 4 * BodyLimits.Api, isLengthKnown);
            return response.StatusCode;
        }));

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status));
        Assert.Empty(Received);
    }

    /// <summary>A form whose length is not said is antiforgery's to read, which answers 400 to what it cannot read.</summary>
    [Theory]
    [InlineData("/account/sign-in", true)] // needs no session, so that the form is read
    [InlineData("/account/sign-in", false)]
    [InlineData("/projects", true)]
    public async Task A_form_of_Webs_own_is_held_to_its_limit_too(string path, bool isLengthKnown)
    {
        using var refused = await PostAsync(path, BodyLimits.Settings + 1, isLengthKnown);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Null(refused.Headers.RetryAfter);
        Assert.Contains("<h1>Too much at once</h1>", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private IEnumerable<ReceivedRequest> Received => _stack.AuthServer.Received.Concat(_stack.TasksApi.Received);

    private void Forget()
    {
        _stack.AuthServer.Forget();
        _stack.TasksApi.Received.Clear();
    }

    private async Task<HttpResponseMessage> PostAsync(string path, int length, bool isLengthKnown)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(new string('x', length)) };
        request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        request.Headers.TransferEncodingChunked = isLengthKnown ? null : true;
        return await _caller.SendAsync(request);
    }
}
