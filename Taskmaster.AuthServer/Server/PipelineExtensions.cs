using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Server;

internal static class PipelineExtensions
{
    public static EventSteps<TContext> On<TContext>(this OpenIddictServerBuilder server) where TContext : BaseContext => new(server);

    /// <summary>The error in the documented words; and 405 where the method is the error, once the status has been set to 400.</summary>
    public static EventSteps<TContext> WithDocumentedErrors<TContext>(this EventSteps<TContext> steps)
        where TContext : BaseRequestContext => steps
        .BeforeWriting<DocumentedErrorHandler<TContext>>()
        .After<MethodNotAllowedHandler<TContext>>(AttachHttpResponseCode<TContext>.Descriptor);

    /// <summary>
    /// An error that is not redirected, at an endpoint that browsers come to: once the headers are set, before a body is.
    /// </summary>
    public static EventSteps<TContext> WithLocalErrors<TContext>(this EventSteps<TContext> steps)
        where TContext : BaseRequestContext =>
        steps.After<LocalErrorHandler<TContext>>(AttachCacheControlHeader<TContext>.Descriptor);
}
