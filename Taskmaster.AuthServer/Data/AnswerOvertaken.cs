using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Protocol;

namespace Taskmaster.AuthServer.Data;

/// <summary>
/// Answers a request whose write was overtaken once more, from its read on, as if it had come after the other one: what the other has
/// deleted is not there.
/// </summary>
internal sealed class AnswerOvertaken : IEndpointFilter
{
    private const int MostAttempts = 5;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            try
            {
                return await next(context);
            }
            catch (DbUpdateException exception) when (exception.WasOvertaken())
            {
                context.HttpContext.RequestServices.GetRequiredService<AuthDbContext>().ChangeTracker.Clear();
            }
        }

        return TypedResults.Conflict(Problem.Overtaken);
    }
}
