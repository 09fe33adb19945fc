using Microsoft.Extensions.DependencyInjection;

namespace Taskmaster.Tests.Fixtures;

/// <summary>
/// Whether the services under test have their <c>Fast/</c> wings: with <c>TASKMASTER_TESTS_FAST=false</c> in the environment
/// every test runs against the ordinary ways, which have to answer the same.
/// </summary>
internal static class FastWings
{
    public const string Setting = "Fast:Enabled";

    public static OpenIddictCoreBuilder UseFastRedisTokensIfIn(this OpenIddictCoreBuilder core) =>
        AreIn ? core.UseFastRedisTokens() : core;

    public static bool AreIn { get; } = Environment.GetEnvironmentVariable("TASKMASTER_TESTS_FAST") is not "false";
}
