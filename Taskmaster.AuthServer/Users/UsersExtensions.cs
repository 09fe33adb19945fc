using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.AuthServer.Users;

internal static class UsersExtensions
{
    /// <summary>NIST SP 800-63B §3.1.1.2: length counts, composition rules do not help.</summary>
    public const int PasswordMinLength = 8;

    public const int PasswordMaxLength = 128;

    public static void AddUsers(this WebApplicationBuilder builder)
    {
        builder.Services.AddIdentityCore<User>(options =>
        {
            options.User.RequireUniqueEmail = true;
            // The user name is the e-mail address, which the sign-up form has checked.
            options.User.AllowedUserNameCharacters = string.Empty;
            options.Password.RequiredLength = PasswordMinLength;
            options.Password.RequireDigit = false;
            options.Password.RequireLowercase = false;
            options.Password.RequireUppercase = false;
            options.Password.RequireNonAlphanumeric = false;
        }).AddPasswordValidator<PasswordRules>().AddUserStore<UserOnlyStore<User, AuthDbContext, Guid>>();
    }
}
