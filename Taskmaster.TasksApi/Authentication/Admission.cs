using Microsoft.AspNetCore.Authentication;
using Microsoft.Net.Http.Headers;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>
/// Whether what a request was admitted with still admits it. The request's own authentication is done once and its
/// result kept; this asks anew, with the same token or key, exactly as the next request would.
/// </summary>
internal sealed class Admission(IAuthenticationSchemeProvider schemes, IServiceScopeFactory scopes)
{
    private readonly AuthenticationMiddleware _authentication = new(static _ => Task.CompletedTask, schemes);

    public async Task<bool> StandsAsync(HttpRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var again = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancellationToken };
        (again.Request.Method, again.Request.Scheme, again.Request.Host, again.Request.Path) =
            (request.Method, request.Scheme, request.Host, request.Path);
        foreach (var name in (string[])[HeaderNames.Authorization, ApiKeyFormat.Header])
        {
            if (request.Headers.TryGetValue(name, out var value))
            {
                again.Request.Headers[name] = value;
            }
        }

        DpopProofs.CopyCheck(request.HttpContext, again);
        await _authentication.Invoke(again);
        return Caller.From(again.User) == caller;
    }
}
