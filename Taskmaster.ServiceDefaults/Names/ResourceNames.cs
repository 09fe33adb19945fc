namespace Taskmaster.ServiceDefaults.Names;

/// <summary>What the AppHost calls each resource; services find each other, and their connection strings, by these names.</summary>
public static class ResourceNames
{
    public const string Redis = "redis";
    public const string Postgres = "postgres";
    public const string AuthDb = "authdb";
    public const string TasksDb = "tasksdb";
    public const string AuthServer = "authserver";
    public const string TasksApi = "tasksapi";
    public const string Mcp = "mcp";
    public const string Web = "web";
}
