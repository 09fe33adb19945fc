using System.Net;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Taskmaster.Web.Api;

/// <summary>Outermost of a service client's handlers: tells an outage from an answer.</summary>
internal sealed class OutageHandler(string service) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode < HttpStatusCode.InternalServerError)
            {
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
