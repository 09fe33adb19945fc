namespace Taskmaster.TasksApi.Authentication;

/// <summary>
/// Section <c>Taskmaster:Admins</c>: the ids of the users who were granted the admin role. It is never derived from an
/// e-mail address, and no token carries it, so that taking an id out and restarting takes the role away.
/// </summary>
internal sealed record AdminOptions(IReadOnlySet<Guid> UserIds)
{
    private const string Section = "Taskmaster:Admins";

    /// <exception cref="InvalidOperationException">An entry is no user id.</exception>
    public static AdminOptions Read(IConfiguration configuration) =>
        new(configuration.GetSection(Section).GetChildren().Select(entry => Guid.TryParseExact(entry.Value, "D", out var id)
            ? id
            : throw new InvalidOperationException($"The setting {entry.Path} is '{entry.Value}'. It must be a user's id, a UUID."))
                .ToHashSet());
}
