using System.Net;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Web.Hosting;

namespace Taskmaster.Web.Api;

/// <summary>
/// Outermost of a service client's handlers: tells an outage from an answer, and from too many requests of one user, with which there is
/// nothing to show either.
/// </summary>
/// <param name="service">Which service.</param>
/// <param name="outages">Is told of each.</param>
/// <param name="asUser">Whether each request is one user's; too many of Web's own are an outage for all.</param>
internal sealed class OutageHandler(string service, OutageLog outages, bool asUser) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            var isRefused = response.StatusCode == HttpStatusCode.TooManyRequests;
            if (response.StatusCode < HttpStatusCode.InternalServerError && (asUser || !isRefused))
            {
                outages.Back(service);
                return isRefused ? throw Refused(response) : response;
            }

            response.Dispose();
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutRejectedException or BrokenCircuitException)
        {
            throw new ServiceUnavailableException(service, exception);
        }

        throw new ServiceUnavailableException(service);
    }

    private static TooManyRequestsException Refused(HttpResponseMessage response)
    {
        using (response)
        {
            return new(response.Headers.RetryAfter?.Delta);
        }
    }
}
