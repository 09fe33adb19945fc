using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.TasksApi.ApiKeys;

/// <summary>The database of API keys does not answer. That says nothing about the key: 503, and neither 401 nor access.</summary>
internal sealed class ApiKeysUnavailableException(Exception cause) : Exception("API keys cannot be read.", cause), IResourceOutage
{
    public string Resource => ResourceNames.AuthDb;
}
