namespace Taskmaster.AuthServer.Sessions;

/// <summary>What tokens and pages say of who is signed in.</summary>
internal sealed record SignedInUser(Guid Id, string Name, string Email, bool EmailConfirmed);
