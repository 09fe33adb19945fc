namespace Taskmaster.Tests.AuthServer.Generated;

/// <summary>A client that generated requests come from; <paramref name="RegistrationToken"/> if a program registered it.</summary>
internal sealed record KnownClient(string Id, string? Secret, IReadOnlyList<string> RedirectUris, string? RegistrationToken = null);
