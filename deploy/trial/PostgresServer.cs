using System.Globalization;
using System.Text;

namespace Taskmaster.Trial;

/// <summary>Postgres with the roles of deploy/postgres behind PgBouncer in transaction mode, at the edge.</summary>
internal sealed class PostgresServer(
    string repository, string folder, StackLayout layout, Passwords passwords, CertificateAuthority? authority) : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(folder, "postgres");
    private readonly int _server = FreePort.Next();
    private readonly int _pooler = FreePort.Next();
    private readonly List<RunningProgram> _programs = [];

    private Host Edge => layout.Edge;

    /// <summary>How a service finds and trusts it: through the pooler, and past it whoever migrates.</summary>
    public string ConnectionString(string database, string role, bool isPooled)
    {
        // PgBouncer before 1.21 does not keep prepared statements (docs/performance.md).
        var connection = $"Host={Edge.Address};Port={(isPooled ? _pooler : _server)};Database={database};"
            + $"Username=taskmaster_{role};Password={passwords[role]};Max Auto Prepare=0";
        return authority is null ? connection : $"{connection};SSL Mode=VerifyFull;Root Certificate={authority.RootFile}";
    }

    public async Task StartAsync()
    {
        _ = Directory.CreateDirectory(_folder);
        if (Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(folder, (UnixFileMode)Convert.ToInt32("755", 8));
            await Host.This.RunAsync("chown", ["postgres", _folder]);
        }

        await StartServerAsync();
        await StartPoolerAsync();
    }

    /// <summary>For the scripts of deploy/postgres.</summary>
    public IReadOnlyDictionary<string, string> AsSuperuser() => new Dictionary<string, string>(passwords.ForPostgres)
    {
        ["PGHOST"] = _folder,
        ["PGPORT"] = $"{_server}",
        ["PGUSER"] = "postgres",
    };

    /// <returns>What <c>psql</c> wrote: rows, or an error.</returns>
    public async Task<string> SqlAsync(string role, string database, string statement)
    {
        await using var client = Edge.Start(
            "psql", "psql", ["-X", "-q", "-t", "-A", "-h", _folder, "-p", $"{_server}", "-U", role, "-d", database, "-c", statement]);
        _ = await client.WaitForExitCodeAsync();
        return client.Output.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in _programs)
        {
            await program.DisposeAsync();
        }
    }

    private async Task StartServerAsync()
    {
        var programs = Directory.EnumerateDirectories("/usr/lib/postgresql").Order().Last() + "/bin";
        await RunAsPostgresAsync(
            $"{programs}/initdb", "-D", $"{_folder}/data", "-U", "postgres", "--auth", "trust", "-E", "UTF8", "--locale", "C");
        string[] tls = [];
        if (authority is not null)
        {
            var (certificate, key) = await IssueAsync("postgres");
            tls = ["-c", "ssl=on", "-c", $"ssl_cert_file={certificate}", "-c", $"ssl_key_file={key}"];
            await File.AppendAllTextAsync($"{_folder}/data/pg_hba.conf", "hostssl all all 0.0.0.0/0 scram-sha-256\n");
        }

        _programs.Add(StartAsPostgres(
            "postgres",
            [
                $"{programs}/postgres", "-D", $"{_folder}/data", "-p", $"{_server}", "-k", _folder,
                "-c", $"listen_addresses={Edge.Address}", "-c", "max_connections=300", .. tls,
            ]));
        var server = $"postgresql://postgres@/postgres?host={_folder}&port={_server}";
        await Wait.UntilAsync("Postgres answers", async () =>
        {
            await using var probe = Edge.Start("pg_isready", "pg_isready", ["-q", "-d", server]);
            return await probe.WaitForExitCodeAsync() == 0;
        }, () => _programs[0].Output);
        await Edge.RunAsync(
            "psql", [server, "-q", "-v", "ON_ERROR_STOP=1", "-f", $"{repository}/deploy/postgres/roles.sql"], passwords.ForPostgres);
    }

    private async Task StartPoolerAsync()
    {
        var users = new StringBuilder();
        foreach (var service in Replicas.Names)
        {
            _ = users.AppendLine(CultureInfo.InvariantCulture, $"\"taskmaster_{service}\" \"{passwords[service]}\"");
        }

        await File.WriteAllTextAsync($"{_folder}/users.txt", users.ToString());
        var tls = "";
        if (authority is not null)
        {
            var (certificate, key) = await IssueAsync("pgbouncer");
            tls = $"""
                client_tls_sslmode = require
                client_tls_cert_file = {certificate}
                client_tls_key_file = {key}
                server_tls_sslmode = verify-full
                server_tls_ca_file = {authority.RootFile}
                """;
        }

        await File.WriteAllTextAsync($"{_folder}/pgbouncer.ini", $"""
            [databases]
            authdb = host={Edge.Address} port={_server}
            tasksdb = host={Edge.Address} port={_server}
            [pgbouncer]
            listen_addr = {Edge.Address}
            listen_port = {_pooler}
            unix_socket_dir =
            auth_type = scram-sha-256
            auth_file = {_folder}/users.txt
            pool_mode = transaction
            default_pool_size = 10
            max_client_conn = 500
            ; A service that was cut off in a transaction holds its locks for no longer.
            idle_transaction_timeout = 5
            {tls}
            """);
        _programs.Add(StartAsPostgres("pgbouncer", ["pgbouncer", $"{_folder}/pgbouncer.ini"]));
    }

    private async Task<(string Certificate, string Key)> IssueAsync(string name)
    {
        var issued = authority!.Issue(name, Edge.Address);
        if (Environment.IsPrivilegedProcess)
        {
            await Host.This.RunAsync("chown", ["postgres", issued.Key]);
        }

        return issued;
    }

    private Task RunAsPostgresAsync(params string[] command)
    {
        var whole = AsPostgres(command);
        return Edge.RunAsync(whole[0], whole[1..]);
    }

    private RunningProgram StartAsPostgres(string name, string[] command)
    {
        var whole = AsPostgres(command);
        return Edge.Start(name, whole[0], whole[1..]);
    }

    /// <summary>Neither Postgres nor PgBouncer runs as root.</summary>
    private static string[] AsPostgres(string[] command) => Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups", .. command]
        : command;
}
