using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.KeyRing;
using Taskmaster.Web.Api;
using Taskmaster.Web.Forwarding;
using Taskmaster.Web.Hosting;
using Taskmaster.Web.Live;
using Taskmaster.Web.Pages;
using Taskmaster.Web.Pages.Docs;
using Taskmaster.Web.SignIn;

var builder = WebApplication.CreateBuilder(args);

// What the service is made of.
builder.AddServiceDefaults();
var origin = builder.AddPublicOrigin();
builder.AddTrustedProxies();
builder.AcceptLongRequests();
builder.AddKeyRing("Taskmaster.Web");
builder.AddRedis(Outage.FailFast);
builder.AddTaskmasterSignIn(origin);
builder.Services.AddForwarding();
builder.Services.AddServiceClients();
builder.Services.AddLive();
builder.Services.AddPages(origin);

var app = builder.Build();

// The pipeline, in its order.
app.UsePublicOrigin();
app.UseSecurityHeaders();
app.UseHsts();
app.UseCrossOrigin();
app.UseErrorPages();
app.UseHealthProbesFromInside();
app.UseStylesheet();
app.UseRouting();
app.UseFormLimit();
app.UseAuthentication();
app.UseAuthorization();

// The endpoints.
app.MapForwarding();
app.MapRazorPages();
app.MapMarkdown();
app.MapLive();
app.MapDefaultEndpoints();

app.Run();
