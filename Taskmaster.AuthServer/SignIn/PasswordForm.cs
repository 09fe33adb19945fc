using System.ComponentModel.DataAnnotations;
using Taskmaster.AuthServer.Users;

namespace Taskmaster.AuthServer.SignIn;

/// <summary>The fields of the page that changes the password.</summary>
internal sealed record PasswordForm
{
    [Required(ErrorMessage = "Enter your current password")]
    [StringLength(UsersExtensions.PasswordMaxLength, ErrorMessage = "Enter your current password")]
    [DataType(DataType.Password)]
    public string Current { get; init; } = string.Empty;

    [Required(ErrorMessage = "Choose a password")]
    [StringLength(
        UsersExtensions.PasswordMaxLength, MinimumLength = UsersExtensions.PasswordMinLength,
        ErrorMessage = "The password must be {2} to {1} characters long")]
    [DataType(DataType.Password)]
    public string Password { get; init; } = string.Empty;

    public bool EndApiKeys { get; init; }
}
