namespace Taskmaster.Web.Forwarding;

/// <summary>A path of the public origin that another service answers; also the mark such an endpoint carries.</summary>
/// <param name="Pattern">The route pattern; the path reaches the service unchanged.</param>
/// <param name="Service">The service's resource name.</param>
/// <param name="Outage">The JSON of the 503 while the service does not answer; null where only people come: an HTML page.</param>
internal sealed record ForwardedPath(string Pattern, string Service, string? Outage);
