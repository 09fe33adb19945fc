using Taskmaster.AuthServer;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.AuthorizationServer;
using Taskmaster.AuthServer.Authorize;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Commands;
using Taskmaster.AuthServer.Consents;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Errors;
using Taskmaster.AuthServer.Management;
using Taskmaster.AuthServer.Pages;
using Taskmaster.AuthServer.RateLimits;
using Taskmaster.AuthServer.Registration;
using Taskmaster.AuthServer.Sessions;
using Taskmaster.AuthServer.Token;
using Taskmaster.AuthServer.Token.ShortPath;
using Taskmaster.AuthServer.Users;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.KeyRing;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TokenStore;

var builder = WebApplication.CreateBuilder(args);
var origin = builder.AddPublicOrigin();

builder.AddServiceDefaults();
builder.LimitRequests();
builder.AddCallerAddress();
builder.AddRateLimits();
builder.AddRedisClient(ResourceNames.Redis, configureOptions: options => options.ForTokens());
builder.AddAuthDb();
builder.AddAudit();
builder.AddKeyRing("Taskmaster.Tokens", generatesKeys: true);
builder.AddUsers(origin);
builder.AddSessions();
builder.AddClients();
builder.AddRegistration();
builder.AddConsents();
builder.AddAuthorizationServer(origin);
builder.AddShortPath();
builder.AddManagementApi();
builder.Services.AddRazorPages();

var app = builder.Build();
if (await OperatorCommands.RunAsync(app.Services, args) is { } exitCode)
{
    return exitCode;
}

app.UseCallerAddress();
app.UsePublicOrigin(origin);
app.UseHeadAsGet();
app.UseSecurityHeaders();
app.UseErrorResponses();
app.UseRateLimits();
app.UsePublicMetadata();
app.UseMiddleware<OneAccessToken>();
app.UseShortPath();
app.UseAudit();
app.UseRouting();
app.UseAuthentication();
app.UseAuthorization();

AuthorizeEndpoint.Map(app);
LogoutEndpoint.Map(app);
app.MapRegistration();
app.MapManagementApi();
app.MapRazorPages();
app.MapDefaultEndpoints();

await app.RunAsync();
return 0;
