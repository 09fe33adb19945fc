using System.ComponentModel.DataAnnotations;
using Taskmaster.AuthServer.Users;

namespace Taskmaster.AuthServer.SignIn;

/// <summary>The fields of the sign-in page.</summary>
internal sealed record SignInForm
{
    [Required(ErrorMessage = "Enter your e-mail address")]
    [StringLength(User.EmailMaxLength, ErrorMessage = "Enter your e-mail address")]
    public string Email { get; init; } = string.Empty;

    [Required(ErrorMessage = "Enter your password")]
    [StringLength(UsersExtensions.PasswordMaxLength, ErrorMessage = "Enter your password")]
    [DataType(DataType.Password)]
    public string Password { get; init; } = string.Empty;
}
