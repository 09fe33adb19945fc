using System.Net;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Web.Hosting;

namespace Taskmaster.Web.Api;

/// <summary>
/// Outermost of a service client's handlers: tells an outage from an answer. Too many requests for the user is one, too: there is nothing
/// to show.
/// </summary>
internal sealed class OutageHandler(string service, OutageLog outages) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode is < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests)
            {
                outages.Back(service);
                return response;
            }

            response.Dispose();
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutRejectedException or BrokenCircuitException)
        {
            throw new ServiceUnavailableException(service, exception);
        }

        throw new ServiceUnavailableException(service);
    }
}
