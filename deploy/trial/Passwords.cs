using System.Security.Cryptography;

namespace Taskmaster.Trial;

/// <summary>The secrets of one trial, by the names that deploy/redis/start.sh and deploy/postgres/roles.sql read them under.</summary>
internal sealed class Passwords
{
    private readonly Dictionary<string, string> _passwords = new[] { "ADMIN", "MIGRATOR", "AUTHSERVER", "TASKSAPI", "MCP", "WEB" }
        .ToDictionary(name => name, _ => RandomNumberGenerator.GetHexString(32, lowercase: true));

    public string this[string user] => _passwords[user.ToUpperInvariant()];

    public IReadOnlyDictionary<string, string> ForRedis => Variables("REDIS", except: "MIGRATOR");

    public IReadOnlyDictionary<string, string> ForPostgres => Variables("POSTGRES", except: "ADMIN");

    private Dictionary<string, string> Variables(string store, string except) => _passwords
        .Where(password => password.Key != except)
        .ToDictionary(password => $"{store}_{password.Key}_PASSWORD", password => password.Value);
}
