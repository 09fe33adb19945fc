using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;

namespace Taskmaster.Tests.TokenStore.OAuth;

internal static class ScopeExtensions
{
    public static IOpenIddictTokenManager Tokens(this AsyncServiceScope scope) =>
        scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>();
}
