using Taskmaster.AppHost.Local;

namespace Taskmaster.AppHost;

internal static class RedisServerArgs
{
    /// <summary>
    /// Arguments for redis-server, wherever it runs. Aspire starts a published Redis by <c>sh -c "redis-server …"</c> and
    /// appends what <c>WithArgs</c> is given behind it, where it is the shell's and not Redis'.
    /// </summary>
    public static IResourceBuilder<RedisResource> WithServerArgs(this IResourceBuilder<RedisResource> redis, params string[] arguments) =>
        redis
        .WithAnnotation(new RedisServerArgsAnnotation(arguments))
        .WithArgs(context =>
        {
            var command = context.Args.IndexOf("-c") + 1;
            if (command > 0)
            {
                context.Args[command] = string.Join(' ', [(string)context.Args[command], .. arguments]);
            }
            else
            {
                foreach (var argument in arguments)
                {
                    context.Args.Add(argument);
                }
            }
        });
}
