namespace Taskmaster.AuthServer.Registration;

internal static class RegistrationExtensions
{
    public static void AddRegistration(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<DynamicClients>();
        builder.Services.AddScoped<RegistrationEndpoints>();
        builder.Services.AddHostedService<ForgetUnusedClients>();
    }

    public static void MapRegistration(this IEndpointRouteBuilder routes) => RegistrationEndpoints.Map(routes);
}
