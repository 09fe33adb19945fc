using System.Net;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.Telemetry;

/// <summary>The trace of a request to the API has the token's check and the statement, however many come together.</summary>
[Collection(SharedTasksApi.Name)]
public sealed class TasksApiTraceTests(TasksApiHost host)
{
    [Fact]
    public async Task Each_of_many_lists_shows_its_own_command_and_its_own_statement()
    {
        const int requests = 24;
        var recorded = new RecordedSpans();
        await using var receiver = await TelemetryReceiver.StartAsync((_, _) => { });
        await using var api = host.StartApi(
            services => recorded.Observe(services), ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
        var alice = await host.NewAccountAsync();
        using var caller = api.CreateClient();
        caller.DefaultRequestHeaders.Authorization = alice.Http.DefaultRequestHeaders.Authorization;

        // Compiles what the others need, who have a second for the token's check.
        using (await caller.GetAsync(new Uri("/api/tasks", UriKind.Relative)))
        {
            recorded.Forget();
        }

        var statuses = await Task.WhenAll(Enumerable.Range(0, requests).Select(async _ =>
        {
            using var answer = await caller.GetAsync(new Uri("/api/tasks", UriKind.Relative));
            return answer.StatusCode;
        }));

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        foreach (var trace in await recorded.TracesAsync("/api/tasks", requests, asked: 2))
        {
            var (command, statement) = (Assert.Single(trace.Redis), Assert.Single(trace.Postgres));
            Assert.Equal(("MGET", trace.Server.SpanId), (command.DisplayName, command.ParentSpanId));
            Assert.Contains("FROM tasks", statement.Text("db.query.text"), StringComparison.Ordinal);
            Assert.Equal(trace.Server.SpanId, statement.ParentSpanId);
        }
    }
}
