using Taskmaster.AuthServer.AccountActivity;
using Taskmaster.AuthServer.ApiKeys;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Authorize;
using Taskmaster.AuthServer.ClientDocuments;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Commands;
using Taskmaster.AuthServer.Consents;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Discovery;
using Taskmaster.AuthServer.Fast;
using Taskmaster.AuthServer.Fetch;
using Taskmaster.AuthServer.Logout;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.RateLimits;
using Taskmaster.AuthServer.Registration;
using Taskmaster.AuthServer.RequestLogs;
using Taskmaster.AuthServer.Seeds;
using Taskmaster.AuthServer.Server;
using Taskmaster.AuthServer.Sessions;
using Taskmaster.AuthServer.SignIn;
using Taskmaster.AuthServer.Users;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.KeyRing;
using Taskmaster.TokenStore;

var builder = WebApplication.CreateBuilder(args);

// What the service is made of.
var origin = builder.AddPublicOrigin();
builder.AddServiceDefaults();
builder.LimitRequests();
builder.AddCallerAddress();
builder.AddRateLimits();
builder.AddRedis(options => options.ForTokens());
builder.AddAuthDb();
builder.AddSeeds();
builder.AddAudit();
builder.AddKeyRing("Taskmaster.Tokens", generatesKeys: true);
builder.AddUsers();
builder.AddSessions(origin);
builder.AddSignIn();
builder.AddClients();
builder.AddClientRequestLog();
builder.AddRegistration();
builder.AddFetch();
builder.AddClientDocuments();
builder.AddConsents();
builder.AddAuthorize();
builder.AddAuthorizationServer(origin);
builder.AddFastPaths();
builder.AddManagementApi();
builder.Services.AddRazorPages(options => options.RootDirectory = "/");

var app = builder.Build();
if (await OperatorCommands.RunAsync(app.Services, args) is { } exitCode)
{
    return exitCode;
}

// The pipeline, in its order. OpenIddict answers within UseAuthentication: Server/Pipeline.cs has its order.
app.UseCallerAddress();
app.UsePublicOrigin(origin);
app.UseHeadAsGet();
app.UseSecurityHeaders();
app.UseRequestLog();
app.UseErrorResponses();
app.UseRateLimits();
app.UsePublicMetadata();
app.UseMiddleware<OneAccessToken>();
app.UseFastPaths();
app.UseAudit();
app.UseRouting();
app.UseAuthentication();
app.UseAuthorization();

// The endpoints.
AuthorizeEndpoint.Map(app);
LogoutEndpoint.Map(app);
app.MapRegistration();
app.MapRazorPages();
app.MapDefaultEndpoints();

var management = app.MapManagementApi().AddEndpointFilter(new AnswerOvertaken());
management.MapClients();
management.MapSecrets();
management.MapRequestLog();
management.MapConsents();
management.MapSessions();
management.MapAudit();
management.MapApiKeys();

await app.RunAsync();
return 0;
