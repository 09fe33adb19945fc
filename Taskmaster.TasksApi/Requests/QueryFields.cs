using NpgsqlTypes;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Search;

namespace Taskmaster.TasksApi.Requests;

/// <summary>Reads query parameters and collects what is wrong with each, as <see cref="JsonFields"/> does for a body.</summary>
internal sealed class QueryFields
{
    public const int SearchMaxLength = SearchWords.MostCharacters;

    private Dictionary<string, string[]>? _errors;

    public InvalidRequest? Problem => _errors is null ? null : InvalidRequest.Query(_errors);

    public TEnum? Choice<TEnum>(string name, string? value, string error) where TEnum : struct, Enum =>
        value is null ? null : WireName<TEnum>.TryParse(value, out var choice) ? choice : Wrong(name, error, default(TEnum));

    public bool? Flag(string name, string? value) => value switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => Wrong(name, $"{name} must be true or false", false),
    };

    public DateTime? Time(string name, string? value)
    {
        if (value is null)
        {
            return null;
        }

        return InternetTime.TryParse(value, out var time)
            ? time
            : Wrong(name, $"{name} must be a time such as 2026-01-31T12:00:00Z", default(DateTime));
    }

    /// <summary>Words to search for; null when it is left blank.</summary>
    public NpgsqlTsQuery? Search(string name, string? value) => value switch
    {
        null => null,
        _ when StoredText.Length(value) > SearchMaxLength =>
            Wrong<NpgsqlTsQuery?>(name, $"{name} must be {SearchMaxLength} characters or less", null),
        _ when !StoredText.CanHold(value) => Wrong<NpgsqlTsQuery?>(name, $"{name} must not contain the NUL character", null),
        _ => string.IsNullOrWhiteSpace(value) ? null : SearchQuery.Of(value),
    };

    public T Wrong<T>(string name, string error, T instead)
    {
        (_errors ??= [])[name] = [error];
        return instead;
    }
}
