using System.Net.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Taskmaster.Mcp.Exchange;

/// <summary>Sends calls of the Tasks API with the token that was exchanged for that of the request being answered.</summary>
internal sealed class ExchangedTokenHandler(IHttpContextAccessor contexts, ExchangedTokens tokens) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = contexts.HttpContext ?? throw new InvalidOperationException("The Tasks API is called outside of a request.");
        var token = AuthenticationHeaderValue.Parse(context.Request.Headers[HeaderNames.Authorization].ToString()).Parameter!;
        request.Headers.Authorization = new("Bearer", await tokens.ForAsync(token, cancellationToken));
        return await base.SendAsync(request, cancellationToken);
    }
}
