namespace Taskmaster.TasksApi.Idempotency;

/// <summary>The answer to a request that created something, in the bytes it is sent in: the first time and every time after.</summary>
internal sealed record KeptAnswer(string? Location, string? ETag, byte[] Body) : IResult
{
    /// <summary>Lets the answer be written to memory instead of to the caller, who must not see it before it is committed.</summary>
    public static async Task<KeptAnswer> OfAsync(IResult result, HttpContext context)
    {
        var response = context.Response;
        var connection = response.Body;
        using var memory = new MemoryStream();
        response.Body = memory;
        try
        {
            await result.ExecuteAsync(context);
        }
        finally
        {
            response.Body = connection;
        }

        return new(response.Headers.Location, response.Headers.ETag, memory.ToArray());
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status201Created;
        response.Headers.Location = Location;
        response.Headers.ETag = ETag;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }
}
