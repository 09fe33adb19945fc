using Microsoft.AspNetCore.Http;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.Tests.TokenStore.OAuth;

/// <summary>What the library's README asks a host to do with its one exception.</summary>
public sealed class OutagesAre503(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (TokenStoreUnavailableException)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
        }
    }
}
