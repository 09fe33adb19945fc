using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Protocol;

/// <summary>Lets a handler of OpenIddict's pipeline refuse a request with an error of <see cref="ProtocolErrors"/>.</summary>
internal static class RejectExtensions
{
    public static void Reject(this BaseValidatingContext context, ProtocolError error) => context.Reject(error.Error, error.Description);
}
