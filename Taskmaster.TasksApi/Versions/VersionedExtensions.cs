using Microsoft.Net.Http.Headers;
using Taskmaster.TasksApi.Answers;

namespace Taskmaster.TasksApi.Versions;

internal static class VersionedExtensions
{
    /// <summary>
    /// Puts <c>ETag</c> and <c>Last-Modified</c> on every answer that holds a resource, and answers a GET by its
    /// <see cref="Preconditions"/>, 304 or 412, once it is known that there is something (RFC 9110 §13.2.1).
    /// </summary>
    public static RouteHandlerBuilder WithEntityTag(this RouteHandlerBuilder route)
    {
        route.Add(endpoint =>
        {
            if (endpoint.Metadata.OfType<IHttpMethodMetadata>().Any(metadata => metadata.HttpMethods.Contains(HttpMethods.Get)))
            {
                endpoint.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)));
                PreconditionFailed.PopulateMetadata(null!, endpoint);
            }
        });

        return route.AddEndpointFilter(async (invocation, next) =>
        {
            var result = await next(invocation);
            if (result.Unwrapped() is not IValueHttpResult { Value: IVersioned resource })
            {
                return result;
            }

            var (request, response) = (invocation.HttpContext.Request, invocation.HttpContext.Response);
            var validators = Validators.Of(resource);
            response.Headers.ETag = validators.EntityTag;

            // Not of what a POST made: it may be answered again, from what is kept (Idempotency-Key), which has no date.
            if (!HttpMethods.IsPost(request.Method))
            {
                response.Headers.LastModified = HeaderUtilities.FormatDate(validators.LastModified!.Value);
            }

            return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
                ? Preconditions.Of(request).Evaluate(validators) switch
                {
                    Preconditions.Outcome.NotModified => TypedResults.StatusCode(StatusCodes.Status304NotModified),
                    Preconditions.Outcome.Failed => new PreconditionFailed(),
                    _ => result,
                }
                : result;
        });
    }
}
