using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.RequestLogs;

/// <summary>
/// What the request log keeps of a request's parameters (docs/request-log.md): the values of those in <see cref="Kept"/>, the
/// names of those in <see cref="Withheld"/>, of all others only how many there were. A name is also something that was sent:
/// JSON posted as a form is one long name, with all the secrets in it.
/// </summary>
internal sealed partial class SentParameters
{
    private const int MaximumLength = 500;

    // Whatever we issue has 43 characters or more, and nothing else that is one word here is as long.
    private const int LongestWord = 40;

    // A secret that is shorter than that stands in too much by chance.
    private const int ShortestSecret = 8;

    private const string RegisteredNames = "urn:ietf:params:oauth:";
    private const string NotKept = "(not kept)";

    private static readonly FrozenSet<string> Kept = FrozenSet.Create(
        StringComparer.Ordinal,
        Parameters.ResponseType, Parameters.ResponseMode, Parameters.GrantType, Parameters.RedirectUri, Parameters.Scope,
        Parameters.CodeChallengeMethod, Parameters.Prompt, Parameters.MaxAge, Parameters.AcrValues, Parameters.Resource,
        Parameters.TokenTypeHint, Parameters.ClientAssertionType);

    private static readonly FrozenSet<string> Withheld = FrozenSet.Create(
        StringComparer.Ordinal,
        Parameters.Code, Parameters.CodeVerifier, Parameters.CodeChallenge, Parameters.RefreshToken, Parameters.Token,
        Parameters.AccessToken, Parameters.ClientSecret, Parameters.ClientAssertion, Parameters.DeviceCode, Parameters.UserCode,
        Parameters.State, Parameters.Nonce, Parameters.RequestUri, Parameters.Request, Parameters.IdTokenHint, Parameters.LoginHint,
        Parameters.Claims, Parameters.Username, Parameters.Password);

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<string> _withheld = [];
    private readonly List<string> _secrets = [];

    /// <param name="sent">The parameters; one that is sent twice is there twice.</param>
    /// <param name="headerSecret">The secret of an Authorization header.</param>
    public SentParameters(IEnumerable<KeyValuePair<string, string?>> sent, string? headerSecret)
    {
        AddSecret(headerSecret);
        foreach (var (name, value) in sent)
        {
            if (Kept.Contains(name))
            {
                _values[name] = _values.TryGetValue(name, out var before) ? $"{before} {value}" : value ?? string.Empty;
            }
            else if (Withheld.Contains(name))
            {
                if (!IsPublic(name))
                {
                    AddSecret(value);
                }

                if (!_withheld.Contains(name))
                {
                    _withheld.Add(name);
                }
            }
            else if (name is not Parameters.ClientId)
            {
                Others++;
            }
        }

        foreach (var name in _values.Keys.ToList())
        {
            _values[name] = Shown(name, _values[name]);
        }
    }

    public IReadOnlyDictionary<string, string>? Values => _values.Count == 0 ? null : _values;

    public IReadOnlyList<string>? WithheldNames => _withheld.Count == 0 ? null : _withheld;

    public int Others { get; }

    /// <summary>An error's description without what it quotes, where that is not known to be harmless.</summary>
    public string? Describe(string? description)
    {
        if (string.IsNullOrEmpty(description))
        {
            return null;
        }

        if (HoldsSecret(description))
        {
            return NotKept;
        }

        return QuotedName().Match(description) is { Success: true } match && !IsKnown(match.Groups[2].Value)
            ? match.Groups[1].Value + NotKept
            : LongWord().Replace(description, NotKept);
    }

    /// <summary>No credential: a state may well be the path that the redirect URI ends with.</summary>
    private static bool IsPublic(string name) => name is Parameters.State or Parameters.Nonce or Parameters.CodeChallenge
        or Parameters.LoginHint or Parameters.Claims or Parameters.Username;

    private static bool IsKnown(string name) => name is Parameters.ClientId || Kept.Contains(name) || Withheld.Contains(name);

    private void AddSecret(string? value)
    {
        if (value is { Length: >= ShortestSecret })
        {
            _secrets.Add(value);
        }
    }

    private string Shown(string name, string value)
    {
        if (HoldsSecret(value))
        {
            return NotKept;
        }

        return SentText.Of(
            name is Parameters.RedirectUri or Parameters.Resource
                ? SecretOfUri().Replace(UserOfUri().Replace(value, $"$1{NotKept}@"), $"$1$2{NotKept}")
                : string.Join(' ', value.Split(' ').Select(static word => IsShort(word) ? word : NotKept)),
            MaximumLength);
    }

    private bool HoldsSecret(string text) => _secrets.Exists(secret => text.Contains(secret, StringComparison.Ordinal));

    private static bool IsShort(string word) =>
        word.Length <= LongestWord || (word.StartsWith(RegisteredNames, StringComparison.Ordinal) && word.Length <= 2 * LongestWord);

    /// <summary>What the server's own words are followed by: the name of a parameter, as it was sent.</summary>
    [GeneratedRegex("^(Duplicate parameter: |Parameter not supported: )(.*)$", RegexOptions.Singleline)]
    private static partial Regex QuotedName();

    [GeneratedRegex(@"[A-Za-z0-9_\-.~+/=]{41,}")]
    private static partial Regex LongWord();

    [GeneratedRegex("^([^:/?#]+://)[^/?#]*@")]
    private static partial Regex UserOfUri();

    /// <summary>A client that sends the address it was called at in place of its redirect URI sends the code along.</summary>
    [GeneratedRegex(
        "([?&#;](?:code|state|token|access_token|refresh_token|id_token|client_secret|password|secret|key|api_key)=)[^&#;]*"
        + "|([?&#;][^=&#;]*=)[^&#;]{41,}",
        RegexOptions.IgnoreCase)]
    private static partial Regex SecretOfUri();
}
