namespace Taskmaster.AppHost.Local;

internal static class Passwords
{
    /// <summary>
    /// Aspire writes passwords into connection strings as they are, so that some characters would cut them off or mean a
    /// further setting.
    /// </summary>
    /// <exception cref="RefusalException">A store's password has such a character.</exception>
    public static async Task RequireUsableAsync(IEnumerable<IResource> resources, CancellationToken cancellationToken)
    {
        foreach (var resource in resources)
        {
            var (password, unusable) = resource switch
            {
                RedisResource redis => (redis.PasswordParameter, ","),
                PostgresServerResource postgres => (postgres.PasswordParameter, ";'\""),
                _ => (null, ""),
            };
            var value = password is null ? null : await password.GetValueAsync(cancellationToken);
            if (value is not null && (value.AsSpan().ContainsAny(unusable) || value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))))
            {
                throw new RefusalException(
                    $"The password Parameters:{password!.Name} has white space or one of the characters {unusable} in it, which cannot "
                    + $"stand in the connection string of '{resource.Name}': choose one without.");
            }
        }
    }
}
