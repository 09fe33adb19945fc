namespace Taskmaster.AuthServer.Audit;

/// <summary>What the audit trail tells of; in the database and the API by name, in snake_case.</summary>
internal enum AuditEventType
{
    SignedIn,
    SignInFailed,
    LockedOut,
    SignedOut,
    PasswordChanged,
    SessionEnded,

    ConsentGiven,
    ConsentDenied,
    ClientDisconnected,

    ClientCreated,
    ClientChanged,
    ClientDisabled,
    ClientEnabled,
    ClientDeleted,
    SecretCreated,
    SecretChanged,

    /// <summary>A new secret, and an end for those there were.</summary>
    SecretRolled,
    SecretDeleted,
    ApiKeyCreated,
    ApiKeyDeleted,

    TokenRevoked,

    /// <summary>A redeemed code or refresh token came again, after the leeway: one of its two holders has stolen it.</summary>
    TokenReused,

    /// <summary>A code or refresh token was presented by a client that it was not issued to.</summary>
    TokenOfAnotherClient,

    UserDisabled,
    UserEnabled,
    KeyCreated,
}
