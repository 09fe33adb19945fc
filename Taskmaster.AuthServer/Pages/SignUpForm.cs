using System.ComponentModel.DataAnnotations;
using Taskmaster.AuthServer.Users;

namespace Taskmaster.AuthServer.Pages;

/// <summary>The fields of the sign-up page.</summary>
internal sealed record SignUpForm
{
    private const string NoControlCharacters = @"^[^\p{Cc}]*$";

    [Required(ErrorMessage = "Enter your name")]
    [StringLength(User.NameMaxLength, ErrorMessage = "The name must be {1} characters or less")]
    [RegularExpression(NoControlCharacters, ErrorMessage = "The name must not contain control characters")]
    public string Name { get; init; } = string.Empty;

    [Required(ErrorMessage = "Enter your e-mail address")]
    [EmailAddress(ErrorMessage = "Enter an e-mail address such as name@example.com")]
    [StringLength(User.EmailMaxLength, ErrorMessage = "The e-mail address must be {1} characters or less")]
    [RegularExpression(NoControlCharacters, ErrorMessage = "Enter an e-mail address such as name@example.com")]
    public string Email { get; init; } = string.Empty;

    [Required(ErrorMessage = "Choose a password")]
    [StringLength(UsersExtensions.PasswordMaxLength, MinimumLength = UsersExtensions.PasswordMinLength, ErrorMessage = "The password must be {2} to {1} characters long")]
    [DataType(DataType.Password)]
    public string Password { get; init; } = string.Empty;
}
