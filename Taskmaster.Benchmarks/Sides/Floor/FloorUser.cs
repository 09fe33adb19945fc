namespace Taskmaster.Benchmarks.Sides.Floor;

/// <summary>Who is signed in, and what that user let the client have.</summary>
internal sealed record FloorUser(Guid Id, string Name, string Email, bool IsEmailConfirmed, DateTime LastUsed, string[] Scopes);
