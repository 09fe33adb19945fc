using Microsoft.AspNetCore.Mvc;
using Taskmaster.AuthServer.Pages;
using Taskmaster.AuthServer.Sessions;

namespace Taskmaster.AuthServer.SignIn;

internal sealed class SignInModel(SignInService signIn, UserSessions sessions) : FormPage
{
    private const string Refused = "The e-mail address or the password is wrong";

    public SignInForm Form { get; private set; } = new();

    public void OnGet(string? email) => Form = new SignInForm { Email = email ?? string.Empty };

    public async Task<IActionResult> OnPostAsync([FromForm] SignInForm form, CancellationToken cancellationToken)
    {
        Form = form;
        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (await signIn.CheckAsync(form.Email, form.Password, cancellationToken) is not { } user)
        {
            ModelState.AddModelError(string.Empty, Refused);
            return Page();
        }

        await sessions.BeginAsync(HttpContext, user, cancellationToken);
        return Redirect(ReturnUrls.LocalOr(ReturnUrl, ReturnUrls.Default));
    }
}
