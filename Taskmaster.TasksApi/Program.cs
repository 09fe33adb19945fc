using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.ApiKeys;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Commands;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Deletions;
using Taskmaster.TasksApi.Demo;
using Taskmaster.TasksApi.Events;
using Taskmaster.TasksApi.Fast;
using Taskmaster.TasksApi.Idempotency;
using Taskmaster.TasksApi.OpenApi;
using Taskmaster.TasksApi.Projects;
using Taskmaster.TasksApi.RateLimits;
using Taskmaster.TasksApi.Relationships;
using Taskmaster.TasksApi.RequestLogs;
using Taskmaster.TasksApi.Requests;
using Taskmaster.TasksApi.Tasks;
using Taskmaster.TasksApi.Views;

var builder = WebApplication.CreateBuilder(args);

// What the service is made of.
builder.AddServiceDefaults();
builder.AddTasksDb();
builder.AddDevelopmentSeed();
builder.AddTokenValidation();
builder.AddApiKeys();
builder.AddRequestRules();
builder.AddAnswers(ApiJson.Default);
builder.AddIdempotencyKeys();
builder.AddTasks();
builder.AddProjects();
builder.AddDeletions();
builder.AddEvents();
builder.AddRateLimits();
builder.AddClientRequestLog();
builder.AddApiDescription();
builder.AddFastPaths();

var app = builder.Build();
if (await OperatorCommands.RunAsync(app.Services, args) is { } exitCode)
{
    return exitCode;
}

// The pipeline, in its order.
app.UseCallerAddress();
app.UseHeadAsGet();
app.UseRouting();
app.UseRequestLog();
app.UseErrorAnswers();
app.UseAuthentication();
app.CountCallers();
app.UseRateLimits();
app.UseAuthorization();
app.UseIdempotencyKeys();

// The endpoints.
app.MapDefaultEndpoints();
app.MapApiDescription();
ResourceMetadata.Map(app);

var api = app.MapGroup(PublicPaths.Api).RequireCaller().WithParametersChecked();
api.MapTasks();
api.MapBulkTasks();
api.MapDeletions();
api.MapRelationships();
api.MapRelatedTasks();
api.MapProjects();
api.MapProgress();
api.MapAdminProjects();
api.MapEvents();
api.MapChanges();
api.MapHistory();
api.MapChangeLog();
api.MapSavedViews();

await app.RunAsync();
return 0;
