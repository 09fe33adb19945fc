using Taskmaster.Web.Api;
using Taskmaster.Web.Hosting;

namespace Taskmaster.Web.Pages.Shared;

/// <summary>
/// The names of what acts for a user: the applications they let in, their own, their API keys. Pages that show them can be read while
/// they cannot be asked for.
/// </summary>
internal sealed class ActorNames(ManagementClient management)
{
    private Dictionary<string, string>? _applications;
    private Dictionary<string, string>? _apiKeys;
    private bool _isAway;

    /// <summary>Asks for what these need, and no more.</summary>
    public async Task ReadAsync(IEnumerable<Via?> actors, CancellationToken cancellationToken)
    {
        var kinds = actors.Select(via => via?.Kind).ToHashSet(StringComparer.Ordinal);
        try
        {
            if (kinds.Contains(Via.Application))
            {
                var own = management.ListClientsAsync(cancellationToken);
                var letIn = await management.ListConsentsAsync(cancellationToken);
                _applications = letIn.Select(consent => KeyValuePair.Create(consent.ClientId, consent.Name))
                    .Concat((await own).Select(client => KeyValuePair.Create(client.ClientId, client.Name)))
                    .DistinctBy(named => named.Key)
                    .ToDictionary();
            }

            if (kinds.Contains(Via.ApiKey))
            {
                _apiKeys = (await management.ListApiKeysAsync(cancellationToken)).ToDictionary(key => key.Id.ToString(), key => key.Name);
            }
        }
        catch (Exception exception) when (exception is ServiceUnavailableException or TooManyRequestsException)
        {
            _isAway = true;
        }
    }

    /// <summary>As people say it after "by you"; null for the site itself, and where nothing is known.</summary>
    public string? Words(Via? via) => via?.Kind switch
    {
        Via.Application when _isAway => "via an application",
        Via.Application => _applications?.GetValueOrDefault(via.ClientId) is { } name
            ? $"via {name}"
            : "via an application that is deleted or no longer connected",
        Via.ApiKey when _isAway => "via an API key",
        Via.ApiKey => _apiKeys?.GetValueOrDefault(via.ClientId) is { } name ? $"via the API key {name}" : "via an API key that is revoked",
        _ => null,
    };
}
