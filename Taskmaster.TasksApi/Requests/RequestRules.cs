using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.TasksApi.Requests;

/// <summary>What holds for every request: how large a body is, and what a parameter that cannot be read leads to.</summary>
internal static class RequestRules
{
    public const int MaxBodySize = BodyLimits.Api;

    public static void AddRequestRules(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodySize;
        });

        // The same answers in every environment: Development would throw where a parameter cannot be read.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
    }
}
