using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Taskmaster.TasksApi.Fast;

/// <summary>
/// No scheme looks at every request, only at those it is asked about: OpenIddict's validation would prepare itself for
/// each, and is asked about few (<see cref="AccessTokensFirst"/>).
/// </summary>
internal sealed class SchemesWhenAsked(IOptions<AuthenticationOptions> options) : AuthenticationSchemeProvider(options)
{
    public override Task<IEnumerable<AuthenticationScheme>> GetRequestHandlerSchemesAsync() =>
        Task.FromResult<IEnumerable<AuthenticationScheme>>([]);
}
