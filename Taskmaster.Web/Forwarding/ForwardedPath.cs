namespace Taskmaster.Web.Forwarding;

/// <summary>A path of the public origin that another service answers; also the mark such an endpoint carries.</summary>
/// <param name="Pattern">The route pattern; the path reaches the service unchanged.</param>
/// <param name="Service">The service's resource name.</param>
/// <param name="Errors">How Web answers where the service does not.</param>
/// <param name="BodyLimit">The most bytes of content that are forwarded.</param>
internal sealed record ForwardedPath(string Pattern, string Service, ErrorFormat Errors, int BodyLimit);
