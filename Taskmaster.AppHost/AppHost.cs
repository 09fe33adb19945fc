using Taskmaster.AppHost;
using Taskmaster.AppHost.Commands;
using Taskmaster.AppHost.Local;
using Taskmaster.ServiceDefaults.Names;

var builder = DistributedApplication.CreateBuilder(args);

var keyEncryptionKey = builder.AddGeneratedSecret("key-encryption-key", "Encrypts the key ring and the signing keys in Postgres.");
var webClientSecret = builder.AddGeneratedSecret(
    "web-client-secret", "By which Web, an OAuth client like any other, authenticates to AuthServer.");
var mcpClientSecret = builder.AddGeneratedSecret(
    "mcp-client-secret", "By which the MCP server authenticates to AuthServer when it exchanges an agent's token.");
var redisPassword = builder.AddGeneratedSecret("redis-password", "Redis' password.");
var postgresPassword = builder.AddGeneratedSecret("postgres-password", "The password of Postgres' superuser.");

// A power cut must bring back neither a redeemed code nor a revoked token, and a full memory must not drop one.
var redis = builder.AddRedis(ResourceNames.Redis, password: redisPassword)
    .WithDataVolume()
    .WithServerArgs("--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction")
    .WithShell();

var postgres = builder.AddPostgres(ResourceNames.Postgres, password: postgresPassword)
    .WithDataVolume()
    .WithShell();
var authDb = postgres.AddDatabase(ResourceNames.AuthDb);
var tasksDb = postgres.AddDatabase(ResourceNames.TasksDb);

var authServer = builder.AddProject<Projects.Taskmaster_AuthServer>(ResourceNames.AuthServer)
    .WithReference(redis).WithReference(authDb)
    .WithEnvironment("KeyRing__EncryptionKey", keyEncryptionKey)
    .WithEnvironment("WebClient__Secret", webClientSecret)
    .WithEnvironment("McpClient__Secret", mcpClientSecret)
    .WaitFor(redis).WaitFor(authDb)
    .WithHttpHealthCheck("/health", endpointName: "http")
    .WithOperatorCommands()
    .WithIconName("ShieldKeyhole");

var tasksApi = builder.AddProject<Projects.Taskmaster_TasksApi>(ResourceNames.TasksApi)
    .WithReference(redis).WithReference(authDb).WithReference(tasksDb)
    .WithEnvironment("KeyRing__EncryptionKey", keyEncryptionKey)
    .WaitFor(redis).WaitFor(authDb).WaitFor(tasksDb)
    .WithHttpHealthCheck("/health", endpointName: "http")
    .WithIconName("TaskListSquareLtr");

var mcp = builder.AddProject<Projects.Taskmaster_Mcp>(ResourceNames.Mcp)
    .WithReference(redis).WithReference(authDb).WithReference(authServer).WithReference(tasksApi)
    .WithEnvironment("KeyRing__EncryptionKey", keyEncryptionKey)
    .WithEnvironment("McpClient__Secret", mcpClientSecret)
    .WaitFor(redis).WaitFor(authDb)
    .WithHttpHealthCheck("/health", endpointName: "http")
    .WithIconName("BotSparkle");

var web = builder.AddProject<Projects.Taskmaster_Web>(ResourceNames.Web)
    .WithReference(redis).WithReference(authDb).WithReference(authServer).WithReference(tasksApi).WithReference(mcp)
    .WithEnvironment("KeyRing__EncryptionKey", keyEncryptionKey)
    .WithEnvironment("WebClient__Secret", webClientSecret)
    .WaitFor(redis).WaitFor(authDb)
    .WithHttpHealthCheck("/health", endpointName: "http")
    .WithExternalHttpEndpoints()
    .WithSiteLinks()
    .WithIconName("Globe");

web.IsPublicOriginOf(authServer, tasksApi, mcp, web);
builder.GrantAdmins(tasksApi);
builder.LetInLoopbackDocuments(authServer);
builder.AddDemo(web, authServer, tasksApi);
builder.RunLocally();

return await builder.Build().RunOrRefuseAsync();
