namespace Taskmaster.AuthServer.Consents;

/// <summary>What the user answered on the consent page.</summary>
internal sealed record ConsentDecision(Guid UserId, bool Allowed, string RequestHash);
