using Taskmaster.AuthServer.Clients;
using Taskmaster.ServiceDefaults;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Management;

/// <summary>Collects what is wrong with a request, by the field's name in JSON.</summary>
internal sealed class ClientValidation
{
    private readonly Dictionary<string, List<string>> _errors = [];

    public ValidationErrors? Errors => _errors.Count == 0
        ? null
        : new ValidationErrors("Invalid request data", _errors.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray()));

    public string Name(string? name, int maximum = Client.NameMaxLength)
    {
        var trimmed = name?.Trim() ?? string.Empty;
        if (trimmed.Length == 0)
        {
            Add("name", "Name is required");
        }
        else if (trimmed.Length > maximum)
        {
            Add("name", $"Name must be {maximum} characters or less");
        }
        else if (!VisibleText.IsIn(trimmed))
        {
            Add("name", "Name must have a character that can be seen");
        }
        else if (trimmed.Any(char.IsControl))
        {
            Add("name", "Name must not contain control characters");
        }

        return trimmed;
    }

    public bool IsPublic(string? clientType)
    {
        if (clientType is not (null or ClientTypes.Confidential or ClientTypes.Public))
        {
            Add("client_type", "client_type must be one of: confidential, public");
        }

        return clientType is ClientTypes.Public;
    }

    public IReadOnlyList<string> RedirectUris(IReadOnlyList<string>? redirectUris, bool isPublic, PrivateUseSchemes schemes)
    {
        var distinct = (redirectUris ?? []).Select(uri => uri?.Trim() ?? string.Empty).Where(uri => uri.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (distinct.Count > Client.RedirectUrisMaxCount)
        {
            Add("redirect_uris", $"An application can have {Client.RedirectUrisMaxCount} redirect URIs or less");
            return [];
        }

        foreach (var uri in distinct)
        {
            if (RedirectUriRules.Problem(uri, isPublic, schemes) is { } problem)
            {
                Add("redirect_uris", problem);
            }
        }

        return distinct;
    }

    public IReadOnlyList<string> TasksScopes(IReadOnlyList<string>? scopes)
    {
        string[] known = [TaskmasterScopes.TasksRead, TaskmasterScopes.TasksWrite];
        var distinct = (scopes ?? []).Distinct(StringComparer.Ordinal).ToList();
        if (distinct.Count == 0 || distinct.Except(known).Any())
        {
            Add("scopes", $"Scopes must be one or more of: {string.Join(", ", known)}");
        }

        return distinct;
    }

    public void ExpiresAt(DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        if (expiresAt <= now)
        {
            Add("expires_at", "expires_at must be in the future");
        }
    }

    public void Add(string field, string error)
    {
        if (!_errors.TryGetValue(field, out var errors))
        {
            _errors[field] = errors = [];
        }

        errors.Add(error);
    }
}
