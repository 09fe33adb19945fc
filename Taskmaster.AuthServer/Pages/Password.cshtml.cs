using Microsoft.AspNetCore.Mvc;
using Taskmaster.AuthServer.Sessions;
using Taskmaster.AuthServer.Users;

namespace Taskmaster.AuthServer.Pages;

/// <summary>Changes the password of who is signed in, and with it ends every other session and every application's access.</summary>
internal sealed class PasswordModel(UserSessions sessions, SignInService signIn, UserAccess access) : FormPage
{
    private const string Refused = "The password is wrong";

    public PasswordForm Form { get; private set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await sessions.CurrentAsync(HttpContext, cancellationToken) is null ? SignIn() : Page();

    public async Task<IActionResult> OnPostAsync([FromForm] PasswordForm form, CancellationToken cancellationToken)
    {
        if (await sessions.CurrentAsync(HttpContext, cancellationToken) is not { } session)
        {
            return SignIn();
        }

        Form = form;
        if (!ModelState.IsValid)
        {
            return Page();
        }

        // As at a sign-in: wrong guesses are counted, and lock the account.
        if (await signIn.CheckAsync(session.User.Email, form.Current, cancellationToken) is not { } user)
        {
            ModelState.AddModelError(nameof(form.Current), Refused);
            return Page();
        }

        await access.ChangePasswordAsync(user, form.Password, cancellationToken);
        await sessions.BeginAsync(HttpContext, user, cancellationToken);
        return Redirect("/account");
    }

    private RedirectResult SignIn() => Redirect("/sign-in?returnUrl=%2Fpassword");
}
