using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.Idempotency;

internal static class IdempotencyExtensions
{
    public static void AddIdempotencyKeys(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(new RowRetention(IdempotencyKeyConfiguration.Table, "created_at", IdempotencyKey.Retention));

    /// <summary>Lets callers repeat the request without doing it twice; goes before whatever else adds to the answer.</summary>
    public static RouteHandlerBuilder WithIdempotencyKey(this RouteHandlerBuilder route) => route
        .WithMetadata(
            new ProducesResponseTypeMetadata(StatusCodes.Status409Conflict, typeof(ErrorResponse), ["application/json"]),
            new ProducesResponseTypeMetadata(StatusCodes.Status422UnprocessableEntity, typeof(ErrorResponse), ["application/json"]))
        .AddEndpointFilter<IdempotentRequests>();

    /// <summary>Keeps the body of a request with a key, which is read twice: for what it says, and for what it is.</summary>
    public static void UseIdempotencyKeys(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (context.Request.Headers.ContainsKey(IdempotentRequests.Header))
        {
            context.Request.EnableBuffering(bufferThreshold: RequestRules.MaxBodySize);
        }

        return next(context);
    });
}
