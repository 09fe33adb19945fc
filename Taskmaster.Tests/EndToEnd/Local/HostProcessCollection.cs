namespace Taskmaster.Tests.EndToEnd.Local;

/// <summary>One AppHost process after another: several at a time would only wait for each other's processor.</summary>
[CollectionDefinition(Name)]
public sealed class HostProcessCollection
{
    public const string Name = "host process";
}
