using Microsoft.Extensions.Options;

namespace Taskmaster.AuthServer.Clients;

/// <summary>
/// The private-use URI schemes without a dot that public clients may register; configuration section <c>Clients</c>. RFC 8252
/// §7.1 wants a reverse domain name, which nobody else has a claim to. Those that were there before, of the editors and
/// assistants that people connect to an MCP server, are let in by name, and PKCE keeps what another program could catch
/// from being used (§8.1).
/// </summary>
internal sealed record PrivateUseSchemes : IValidateOptions<PrivateUseSchemes>
{
    public const string Section = "Clients";

    private const string Default = "cursor claude vscode vscode-insiders windsurf zed";

    /// <summary>Separated by spaces; empty for none.</summary>
    [ConfigurationKeyName("PrivateUseSchemes")]
    public string Names { get; init; } = Default;

    public bool Allow(string scheme) => Split(Names).Contains(scheme, StringComparer.OrdinalIgnoreCase);

    public ValidateOptionsResult Validate(string? name, PrivateUseSchemes options) =>
        Split(options.Names).FirstOrDefault(scheme => !Uri.CheckSchemeName(scheme) || RedirectUriRules.IsForbidden(scheme)) is { } wrong
            ? ValidateOptionsResult.Fail(
                $"{Section}:PrivateUseSchemes names '{wrong}', which is not a scheme that an application can have of its own.")
            : ValidateOptionsResult.Success;

    private static string[] Split(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
