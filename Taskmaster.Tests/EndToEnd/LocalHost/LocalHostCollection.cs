namespace Taskmaster.Tests.EndToEnd.LocalHost;

/// <summary>One AppHost process after another: several at a time would only wait for each other's processor.</summary>
[CollectionDefinition(Name)]
public sealed class LocalHostCollection
{
    public const string Name = "local host";
}
