using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Taskmaster.AuthServer.Users;

namespace Taskmaster.AuthServer.SignIn;

/// <summary>
/// What a password is checked against where no user has the address: a hash of nothing, made with the settings of the real ones, so
/// that it takes as long.
/// </summary>
internal sealed class UnknownUser(IOptions<PasswordHasherOptions> options)
{
    public string PasswordHash { get; } = new PasswordHasher<User>(options).HashPassword(null!, string.Empty);
}
