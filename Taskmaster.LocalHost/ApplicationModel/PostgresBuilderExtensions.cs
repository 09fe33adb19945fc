using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Taskmaster.LocalHost.Postgres;

namespace Aspire.Hosting;

public static class PostgresBuilderExtensions
{
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (userName is not null)
        {
            throw new NotSupportedException($"The local host's Postgres has one user, {PostgresServerResource.UserName}.");
        }

        var server = new PostgresServerResource(
            name, password?.Resource ?? ParameterResourceBuilderExtensions.CreatePassword(builder, $"{name}-password", special: true));
        return builder.AddResource(server)
            .WithAnnotation(new EndpointAnnotation(PostgresServerResource.PrimaryEndpointName, "tcp", port))
            .WithHealthCheck(AddCheck(builder, name, server.ConnectionString));
    }

    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        return builder.ApplicationBuilder.AddResource(database)
            .WithHealthCheck(AddCheck(builder.ApplicationBuilder, name, database.ConnectionString));
    }

    /// <summary>Keeps the data between starts.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        DataVolumes.RequireDefault(name, isReadOnly);
        return builder.WithAnnotation(new DataVolumeAnnotation());
    }

    private static string AddCheck(IDistributedApplicationBuilder builder, string name, Func<string> connectionString)
    {
        var key = $"{name}_check";
        builder.Services.AddHealthChecks().Add(
            new HealthCheckRegistration(key, _ => new PostgresCheck(connectionString), failureStatus: null, tags: null));
        return key;
    }
}
