using Taskmaster.Mcp.Answers;
using Taskmaster.Mcp.Api;
using Taskmaster.Mcp.Authentication;
using Taskmaster.Mcp.Exchange;
using Taskmaster.Mcp.Fast;
using Taskmaster.Mcp.Protocol;
using Taskmaster.Mcp.RateLimits;
using Taskmaster.ServiceDefaults.Hosting;

var builder = WebApplication.CreateBuilder(args);

// What the service is made of.
builder.AddServiceDefaults();
builder.AddTokenValidation();
builder.AddTokenExchange();
builder.AddTasksApi();
builder.AddErrorAnswers();
builder.AddRateLimits();
builder.AddMcp();
builder.AddFastPaths();

var app = builder.Build();

// The pipeline, in its order.
app.UseCallerAddress();
app.UseErrorAnswers();
app.UseHeadAsGet();
app.UseRouting();
app.UseAuthentication();
app.UseRateLimits();
app.UseMcpAccess();

// The endpoints.
app.MapDefaultEndpoints();
app.MapMcpEndpoint();
ResourceMetadata.Map(app);

await app.RunAsync();
