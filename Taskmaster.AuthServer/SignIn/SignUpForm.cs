using System.ComponentModel.DataAnnotations;
using Taskmaster.AuthServer.Users;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.AuthServer.SignIn;

/// <summary>The fields of the sign-up page.</summary>
internal sealed record SignUpForm : IValidatableObject
{
    private const string NoControlCharacters = @"^[^\p{Cc}]*$";

    [Required(ErrorMessage = "Enter your name")]
    [StringLength(User.NameMaxLength, ErrorMessage = "The name must be {1} characters or less")]
    [RegularExpression(NoControlCharacters, ErrorMessage = "The name must not contain control characters")]
    public string Name { get; init; } = string.Empty;

    [Required(ErrorMessage = "Enter your e-mail address")]
    [StringLength(User.EmailMaxLength, ErrorMessage = "The e-mail address must be {1} characters or less")]
    public string Email { get; init; } = string.Empty;

    [Required(ErrorMessage = "Choose a password")]
    [StringLength(
        UsersExtensions.PasswordMaxLength, MinimumLength = UsersExtensions.PasswordMinLength,
        ErrorMessage = "The password must be {2} to {1} characters long")]
    [DataType(DataType.Password)]
    public string Password { get; init; } = string.Empty;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!VisibleText.IsIn(Name))
        {
            yield return new ValidationResult("Enter your name", [nameof(Name)]);
        }
        else if (ProductName.IsIn(Name))
        {
            yield return new ValidationResult("Only Taskmaster itself goes by the name Taskmaster. Enter your own", [nameof(Name)]);
        }

        if (!EmailAddress.IsOne(Email))
        {
            yield return new ValidationResult("Enter an e-mail address such as name@example.com", [nameof(Email)]);
        }
    }
}
