using Taskmaster.AuthServer.Keys;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Names;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Clients;

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

    public void IdTokenAlgorithm(string? algorithm)
    {
        if (algorithm is not null && !IdTokenAlgorithms.All.Contains(algorithm))
        {
            Add("id_token_signed_response_alg", $"id_token_signed_response_alg must be one of: {string.Join(", ", IdTokenAlgorithms.All)}");
        }
    }

    public IReadOnlyList<string> RedirectUris(IReadOnlyList<string>? uris, bool isPublic, PrivateUseSchemes schemes) =>
        Uris("redirect_uris", uris, isPublic, schemes);

    /// <summary>The same rules: a browser is sent to these as well (OpenID Connect RP-Initiated Logout §3.1).</summary>
    public IReadOnlyList<string> PostLogoutRedirectUris(IReadOnlyList<string>? uris, bool isPublic, PrivateUseSchemes schemes) =>
        Uris("post_logout_redirect_uris", uris, isPublic, schemes);

    private List<string> Uris(string field, IReadOnlyList<string>? uris, bool isPublic, PrivateUseSchemes schemes)
    {
        var distinct = (uris ?? [])
            .Select(uri => uri?.Trim() ?? string.Empty)
            .Where(uri => uri.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (distinct.Count > Client.RedirectUrisMaxCount)
        {
            Add(field, $"An application can have {Client.RedirectUrisMaxCount} redirect URIs or less");
            return [];
        }

        foreach (var uri in distinct)
        {
            if (RedirectUriRules.Problem(uri, isPublic, schemes) is { } problem)
            {
                Add(field, problem);
            }
        }

        return distinct;
    }

    public void TasksAccess(string? access)
    {
        if (access is not null && !Taskmaster.AuthServer.Clients.TasksAccess.All.Contains(access))
        {
            Add("tasks_access", $"tasks_access must be one of: {string.Join(", ", Taskmaster.AuthServer.Clients.TasksAccess.All)}");
        }
    }

    /// <summary>A page that people are led to: only where nobody on the way can put another in its place.</summary>
    /// <returns>Null for none, which an empty text asks for.</returns>
    public string? Link(string field, string? link)
    {
        var trimmed = link?.Trim();
        if (string.IsNullOrEmpty(trimmed))
        {
            return null;
        }

        if (trimmed.Length > Client.LinkMaxLength)
        {
            Add(field, $"{field} must be {Client.LinkMaxLength} characters or less");
        }
        else if (!Uri.TryCreate(trimmed, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.UserInfo.Length > 0
            || trimmed.Any(character => char.IsControl(character) || char.IsWhiteSpace(character)))
        {
            Add(field, $"{field} must be an address that begins with https://");
        }

        return trimmed;
    }

    public TimeSpan Overlap(string? overlap)
    {
        if (SecretOverlap.Of(overlap) is { } length)
        {
            return length;
        }

        Add("overlap", $"overlap must be one of: {string.Join(", ", SecretOverlap.All)}");
        return TimeSpan.Zero;
    }

    public IReadOnlyList<string> TasksScopes(IReadOnlyList<string>? scopes)
    {
        var distinct = (scopes ?? []).Distinct(StringComparer.Ordinal).ToList();
        if (distinct.Count == 0 || !distinct.TrueForAll(TaskmasterScopes.IsOfTasks))
        {
            Add("scopes", $"Scopes must be one or more of: {string.Join(", ", TaskmasterScopes.Tasks)}");
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
