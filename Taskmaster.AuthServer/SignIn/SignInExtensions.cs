namespace Taskmaster.AuthServer.SignIn;

internal static class SignInExtensions
{
    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<UnknownUser>();
        builder.Services.AddScoped<SignInService>();
        builder.Services.AddScoped<UserAccess>();
    }
}
