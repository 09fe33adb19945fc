using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Authentication;

namespace Taskmaster.TasksApi.Events;

internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder api) =>
        api.MapGet("/events", Stream).WithName("streamEvents").RequireScope(TaskmasterScopes.TasksRead);

    private static Results<ServerSentEventsResult<ChangeEvent>, InvalidRequest, TooManyStreams> Stream(
        Caller caller, [FromHeader(Name = "Last-Event-ID")] string? lastEventId, ChangeWatch watch, EventStream events, HttpContext http)
    {
        ChangePosition? since = null;
        if (!string.IsNullOrEmpty(lastEventId))
        {
            if (!ChangePosition.TryParse(lastEventId, out var position))
            {
                return InvalidRequest.Because("Last-Event-ID must be the id of an event of this stream");
            }

            since = position;
        }

        if (http.IsAnsweredWithoutContent())
        {
            return TypedResults.ServerSentEvents(AsyncEnumerable.Empty<SseItem<ChangeEvent>>());
        }

        if (watch.Subscribe(caller.Owner) is not { } subscription)
        {
            return new TooManyStreams();
        }

        http.Response.RegisterForDispose(subscription);
        return TypedResults.ServerSentEvents(events.ReadAsync(http.Request, caller, since, subscription, http.RequestAborted));
    }
}
