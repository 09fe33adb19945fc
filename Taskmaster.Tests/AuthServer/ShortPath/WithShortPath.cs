namespace Taskmaster.Tests.AuthServer.ShortPath;

/// <summary>The tests of the endpoints that the short path is on, run with it.</summary>
[CollectionDefinition(nameof(WithShortPath))]
public sealed class WithShortPath : ICollectionFixture<AuthServerHost>;

[Collection(nameof(WithShortPath))]
public sealed class ClientCredentialsOnTheShortPath(AuthServerHost host) : ClientCredentialsTests(host);

[Collection(nameof(WithShortPath))]
public sealed class RevocationWithTheShortPath(AuthServerHost host) : RevocationTests(host);

[Collection(nameof(WithShortPath))]
public sealed class AuthorizationCodesOnTheShortPath(AuthServerHost host) : AuthorizationCodeTests(host);

[Collection(nameof(WithShortPath))]
public sealed class IdTokensOnTheShortPath(AuthServerHost host) : IdTokenTests(host);

[Collection(nameof(WithShortPath))]
public sealed class PermissionsWithTheShortPath(AuthServerHost host) : PermissionTableTests(host);
