using System.Net;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Taskmaster.Mcp.Api;

internal static class ServiceCalls
{
    /// <exception cref="ApiUnavailableException">The service does not answer, answers too late, or says that it cannot now.</exception>
    public static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, HttpRequestMessage request, string service, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await client.SendAsync(request, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutRejectedException or BrokenCircuitException)
        {
            throw new ApiUnavailableException(service, retryAfter: null, exception);
        }

        if (response.StatusCode is not (>= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests))
        {
            return response;
        }

        using (response)
        {
            throw new ApiUnavailableException(service, response.Headers.RetryAfter?.Delta)
            {
                IsRateLimit = response.StatusCode is HttpStatusCode.TooManyRequests,
            };
        }
    }
}
