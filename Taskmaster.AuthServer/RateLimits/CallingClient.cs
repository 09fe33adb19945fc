using Taskmaster.AuthServer.Clients;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.RateLimits;

/// <summary>
/// Whom a client's request is counted for: the client it names and the address it comes from, if the server knows that
/// client, and else the address alone. Who makes up a new <c>client_id</c> for each request does not get a new counter.
/// </summary>
internal static class CallingClient
{
    public static async ValueTask<string> OfAsync(HttpContext context)
    {
        var address = CallerAddress.Of(context);
        return await ClaimedClient.ReadAsync(context, withSecret: false) is { Id: { } id }
            && context.RequestServices.GetRequiredService<ClientCache>().Remembered(id) is { } client
            ? $"{client.ClientId} {address}"
            : address;
    }
}
