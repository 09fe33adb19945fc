using System.ComponentModel.DataAnnotations;

namespace Taskmaster.AuthServer.Seeds;

/// <summary>The demo account and application of a development machine; configuration section <c>Demo</c>.</summary>
internal sealed record DemoOptions
{
    public const string Section = "Demo";

    public Guid UserId { get; init; }

    [Required]
    public string Name { get; init; } = string.Empty;

    [Required]
    public string Email { get; init; } = string.Empty;

    [Required]
    public string Password { get; init; } = string.Empty;

    [Required]
    public string ClientId { get; init; } = string.Empty;

    [Required]
    public string ClientSecret { get; init; } = string.Empty;
}
