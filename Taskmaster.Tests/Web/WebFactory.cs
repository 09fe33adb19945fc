using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Taskmaster.Web.Api;

namespace Taskmaster.Tests.Web;

/// <summary>Web as shipped, with a real Redis and stub services; only its key ring is not in Postgres.</summary>
internal sealed class WebFactory(string redis, string authServer, string tasksApi) : WebApplicationFactory<TasksClient>
{
    public string Origin { get; init; } = "http://localhost";

    public KeysInMemory Keys { get; init; } = new();

    public MovedClock Clock { get; init; } = new();

    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Takes what is logged, as the settings that are shipped have it.</summary>
    public ILoggerProvider? Logs { get; init; }

    /// <summary>A browser without JavaScript: keeps cookies and follows redirects.</summary>
    public HttpClient Browser(bool followRedirects = true)
    {
        var browser = CreateClient(new() { BaseAddress = new(Origin), AllowAutoRedirect = followRedirects });
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return browser;
    }

    /// <summary>Who fills in forms by their labels and presses their buttons.</summary>
    public Fixtures.Browser Reader() =>
        new(new(Origin), cookies => new CookieContainerHandler(cookies) { InnerHandler = Server.CreateHandler() });

    /// <summary>Starts it on a free port, for what only real sockets show.</summary>
    public Uri Listen()
    {
        UseKestrel(0);
        StartServer();
        return ClientOptions.BaseAddress;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("Taskmaster:PublicOrigin", Origin);
        builder.UseSetting("KeyRing:EncryptionKey", "a secret of the host's generator");
        builder.UseSetting("WebClient:Secret", StubAuthServer.ClientSecret);
        builder.UseSetting("ConnectionStrings:redis", redis);
        builder.UseSetting("ConnectionStrings:authdb", "Host=nowhere.invalid");
        builder.UseSetting("Aspire:Npgsql:EntityFrameworkCore:PostgreSQL:DisableHealthChecks", "true");
        builder.UseSetting("services:authserver:http:0", authServer);
        builder.UseSetting("services:tasksapi:http:0", tasksApi);
        foreach (var (name, value) in Settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureLogging(logging =>
        {
            logging.ClearProviders();
            if (Logs is not null)
            {
                logging.AddProvider(Logs);
            }
        });
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.PostConfigure<KeyManagementOptions>(options =>
            {
                options.XmlRepository = Keys;
                options.XmlEncryptor = null;
                options.AutoGenerateKeys = true;
            });
        });
    }
}
