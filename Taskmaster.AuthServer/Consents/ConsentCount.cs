namespace Taskmaster.AuthServer.Consents;

/// <summary>How many people have let an application in; who they are, its owner learns from the application.</summary>
internal sealed record ConsentCount(int People);
