using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.Versions;

internal static class VersionedExtensions
{
    /// <summary>
    /// Puts <c>ETag</c> on every answer that holds a resource, and answers 304 to a GET whose <c>If-None-Match</c> names
    /// that state (RFC 9110 §13.1.2).
    /// </summary>
    public static RouteHandlerBuilder WithEntityTag(this RouteHandlerBuilder route)
    {
        route.Add(endpoint =>
        {
            if (endpoint.Metadata.OfType<IHttpMethodMetadata>().Any(metadata => metadata.HttpMethods.Contains(HttpMethods.Get)))
            {
                endpoint.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)));
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
            response.Headers.ETag = EntityTags.Of(resource);
            return HttpMethods.IsGet(request.Method) && EntityTags.Name(request.GetTypedHeaders().IfNoneMatch, resource, strongly: false)
                ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
                : result;
        });
    }
}
