using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using Taskmaster.AuthServer.Keys;
using Taskmaster.AuthServer.Protocol;

namespace Taskmaster.AuthServer.Server;

/// <summary>What OpenIddict's options take from settings and from the stored keys, each time these change.</summary>
internal sealed class ConfigureLifetimesAndKeys(IOptions<TokenLifetimes> lifetimes, ProtocolKeys keys)
    : IConfigureOptions<OpenIddictServerOptions>
{
    public void Configure(OpenIddictServerOptions options)
    {
        options.AuthorizationCodeLifetime = lifetimes.Value.AuthorizationCode;
        options.AccessTokenLifetime = lifetimes.Value.AccessToken;
        options.RefreshTokenLifetime = lifetimes.Value.RefreshToken;
        options.IdentityTokenLifetime = lifetimes.Value.IdToken;
        options.RequestTokenLifetime = lifetimes.Value.PushedRequest;
        options.DeviceCodeLifetime = lifetimes.Value.DeviceCode;
        options.UserCodeLifetime = lifetimes.Value.DeviceCode;
        options.RefreshTokenReuseLeeway = lifetimes.Value.RefreshTokenReuseLeeway;

        options.SigningCredentials.AddRange(keys.Signing.Select(key => new SigningCredentials(key, IdTokenAlgorithms.Of(key))));
        options.EncryptionCredentials.AddRange(keys.Encryption.Select(key =>
            new EncryptingCredentials(key, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512)));
    }
}
