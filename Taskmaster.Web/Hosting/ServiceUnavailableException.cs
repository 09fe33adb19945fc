using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Web.Hosting;

/// <summary>A service behind the public origin did not answer, or answered that it cannot now.</summary>
internal sealed class ServiceUnavailableException(string service, Exception? innerException = null)
    : Exception($"The service {service} is not available.", innerException), IResourceOutage
{
    public string Resource => service;
}
