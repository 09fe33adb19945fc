using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Account;

/// <summary>The user's part of the audit trail in words.</summary>
internal static class EventWords
{
    public static string What(AccountEvent happened) => happened.Type switch
    {
        "signed_in" => "Signed in",
        "sign_in_failed" => "Wrong password",
        "locked_out" => "Sign-in locked after too many wrong passwords",
        "signed_out" => "Signed out",
        "session_ended" => "Signed out from another browser",
        "password_changed" => "Password changed",
        "consent_given" => "Application let in",
        "consent_denied" => "Application turned away",
        "client_disconnected" => "Application disconnected",
        "client_created" => "Application registered",
        "client_changed" => "Application changed",
        "client_disabled" => "Application disabled",
        "client_enabled" => "Application enabled",
        "client_deleted" => "Application deleted",
        "secret_created" => "Client secret created",
        "secret_changed" => "Client secret changed",
        "secret_rolled" => "Client secret rolled",
        "secret_deleted" => "Client secret deleted",
        "api_key_created" => "API key created",
        "api_key_deleted" => "API key revoked",
        "token_revoked" => "Access given back by the application",
        "token_reused" => "A code or token came twice: its access was ended",
        "token_of_another_client" => "A code or token came from another application: refused",
        "user_disabled" => "Account disabled by the operator",
        "user_enabled" => "Account enabled by the operator",
        var other => other.Replace('_', ' '),
    };

    /// <summary>What it was about, where there is more to say than <see cref="What"/>.</summary>
    public static string? About(AccountEvent happened) => happened.Type switch
    {
        "consent_given" when happened.Details is { } scopes =>
            $"{happened.ClientName ?? "An application that is gone"}: {string.Join(", ", ScopeWords.For(scopes.Split(' ')))}",
        _ =>
            happened.Details is { } details && details != happened.ClientName ? Joined(happened.ClientName, details) : happened.ClientName,
    };

    /// <summary>Something that the user should look at if it was not they.</summary>
    public static bool IsAlarming(AccountEvent happened) =>
        happened.Type is "locked_out" or "token_reused" or "token_of_another_client" or "user_disabled";

    private static string Joined(string? client, string details) => client is null ? details : $"{client}: {details}";
}
