using Microsoft.Extensions.Options;

namespace Taskmaster.AuthServer.Fetch;

internal static class FetchExtensions
{
    public static void AddFetch(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<FetchOptions>().BindConfiguration(FetchOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<FetchOptions>, FetchOptions.Validation>();
        builder.Services.AddSingleton<FetchLimits>();
        builder.Services.AddSingleton<PublicFetch>();
    }
}
