using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Taskmaster.AuthServer.Pages;
using Taskmaster.AuthServer.Sessions;
using Taskmaster.AuthServer.Users;

namespace Taskmaster.AuthServer.SignIn;

internal sealed class SignUpModel(UserManager<User> users, UserSessions sessions, TimeProvider clock) : FormPage
{
    private const string Taken = "There is an account with this e-mail address already";

    public SignUpForm Form { get; private set; } = new();

    public async Task<IActionResult> OnPostAsync([FromForm] SignUpForm form)
    {
        Form = form;
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var now = clock.GetUtcNow();
        var user = Taskmaster.AuthServer.Users.User.Register(Guid.CreateVersion7(now), form.Name, form.Email, now);
        foreach (var error in await CreateAsync(user, form.Password))
        {
            ModelState.AddModelError(
                error.Code.Contains("Password", StringComparison.Ordinal) ? nameof(form.Password) : nameof(form.Email), error.Description);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        await sessions.BeginAsync(HttpContext, user);
        return Redirect(ReturnUrls.LocalOr(ReturnUrl, ReturnUrls.Welcome));
    }

    private async Task<IEnumerable<IdentityError>> CreateAsync(User user, string password)
    {
        var taken = new IdentityError { Code = nameof(IdentityErrorDescriber.DuplicateEmail), Description = Taken };

        try
        {
            var errors = (await users.CreateAsync(user, password)).Errors.ToList();

            // The address is the user name as well, and is told about once.
            return errors.Any(
                error => error.Code is nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName))
                ? [taken]
                : errors;
        }
        catch (DbUpdateException exception)
            when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return [taken];
        }
    }
}
