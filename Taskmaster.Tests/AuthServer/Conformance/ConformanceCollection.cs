namespace Taskmaster.Tests.AuthServer.Conformance;

/// <summary>
/// One server for the modules of the OpenID Foundation's conformance suite that are re-done here. Each test has the trait
/// <c>Module</c> with the module's name; <c>docs/conformance.md</c> lists them all.
/// </summary>
[CollectionDefinition(Name)]
public sealed class ConformanceCollection : ICollectionFixture<AuthServerHost>
{
    public const string Name = "conformance";
}
