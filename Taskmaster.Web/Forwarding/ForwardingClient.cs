namespace Taskmaster.Web.Forwarding;

/// <summary>
/// The connections to the services behind the public origin. Not from the HTTP client factory: its retries would
/// send a caller's request twice.
/// </summary>
internal sealed class ForwardingClient(HttpMessageHandler handler) : HttpMessageInvoker(handler, disposeHandler: true);
