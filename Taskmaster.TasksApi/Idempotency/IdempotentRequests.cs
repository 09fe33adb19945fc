using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.Idempotency;

/// <summary>
/// Does what a POST with an <c>Idempotency-Key</c> asks for once, however often it is sent. The key, the answer and the
/// created rows are one transaction: after any failure either all of them are there or none, and the caller may repeat.
/// </summary>
internal sealed class IdempotentRequests(TimeProvider clock) : IEndpointFilter
{
    public const string Header = "Idempotency-Key";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.Request.Headers.TryGetValue(Header, out var value))
        {
            return await next(context);
        }

        if (value is not [{ Length: > 0 and <= IdempotencyKey.KeyMaxLength } key] || !Ascii.IsValid(key))
        {
            return InvalidRequest.Because($"{Header} must be one value of {IdempotencyKey.KeyMaxLength} ASCII characters or less");
        }

        if (context.Arguments.OfType<IBody>().Any(body => body.Problem is { StatusCode: StatusCodes.Status415UnsupportedMediaType }))
        {
            // Nobody reads it, so nobody waits for it: it is refused whatever the key was used for.
            return await next(context);
        }

        // Before the transaction: a caller who sends slowly must hold neither a connection nor a lock that others wait for.
        var fingerprint = await FingerprintAsync(http.Request, http.RequestAborted);
        var owner = Caller.Of(http.User).Owner;
        var db = http.RequestServices.GetRequiredService<TasksDbContext>();
        var cancellationToken = http.RequestAborted;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await TryLockAsync(db, owner, key, cancellationToken))
        {
            return TypedResults.Conflict(new ErrorResponse($"A request with this {Header} is being processed"));
        }

        // A statement of its own: it must see what was committed before the lock was had.
        var use = await db.IdempotencyKeys.SingleOrDefaultAsync(use => use.OwnerId == owner && use.Key == key, cancellationToken);
        if (use is not null && !use.IsExpired(clock.Now()))
        {
            return use.Fingerprint.AsSpan().SequenceEqual(fingerprint)
                ? use.Answer
                : TypedResults.UnprocessableEntity(new ErrorResponse($"This {Header} was used for another request"));
        }

        var result = (await next(context)).Unwrapped();
        if (result is not (IResult created and IStatusCodeHttpResult { StatusCode: StatusCodes.Status201Created }))
        {
            // Refused, and nothing written: there is nothing that a repetition could do twice.
            return result;
        }

        var answer = await KeptAnswer.OfAsync(created, http);
        use ??= db.Add(new IdempotencyKey(owner, key)).Entity;
        use.Keep(fingerprint, answer, clock.Now());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return answer;
    }

    /// <summary>
    /// False while another request with the key is under way, on whatever replica. Postgres gives the lock back with the
    /// transaction, whichever way that ends.
    /// </summary>
    private static Task<bool> TryLockAsync(TasksDbContext db, Guid owner, string key, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtextextended({owner + key}, 0)) AS \"Value\"")
            .SingleAsync(cancellationToken);

    private static async Task<byte[]> FingerprintAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"));
        request.Body.Position = 0;
        var buffer = new byte[8192];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
        }

        return hash.GetHashAndReset();
    }
}
