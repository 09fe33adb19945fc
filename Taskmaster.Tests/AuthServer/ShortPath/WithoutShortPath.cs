namespace Taskmaster.Tests.AuthServer.ShortPath;

/// <summary>The same tests, run without it.</summary>
[CollectionDefinition(nameof(WithoutShortPath))]
public sealed class WithoutShortPath : ICollectionFixture<WholePipelineHost>;

[Collection(nameof(WithoutShortPath))]
public sealed class ClientCredentialsThroughThePipeline(WholePipelineHost host) : ClientCredentialsTests(host);

[Collection(nameof(WithoutShortPath))]
public sealed class RevocationThroughThePipeline(WholePipelineHost host) : RevocationTests(host);

[Collection(nameof(WithoutShortPath))]
public sealed class AuthorizationCodesThroughThePipeline(WholePipelineHost host) : AuthorizationCodeTests(host);

[Collection(nameof(WithoutShortPath))]
public sealed class IdTokensThroughThePipeline(WholePipelineHost host) : IdTokenTests(host);

[Collection(nameof(WithoutShortPath))]
public sealed class PermissionsThroughThePipeline(WholePipelineHost host) : PermissionTableTests(host);
