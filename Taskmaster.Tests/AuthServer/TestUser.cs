namespace Taskmaster.Tests.AuthServer;

internal sealed record TestUser(Guid Id, string Name, string Email, string Password);
