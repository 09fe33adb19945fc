using System.Globalization;
using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Requests;

/// <summary>Reads query parameters and collects what is wrong with each, as <see cref="JsonFields"/> does for a body.</summary>
internal sealed class QueryFields
{
    public const int SearchMaxLength = 200;

    // RFC 3339: the offset is part of a time.
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFZ", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    private Dictionary<string, string[]>? _errors;

    public InvalidRequest? Problem => _errors is null ? null : InvalidRequest.Query(_errors);

    public TEnum? Choice<TEnum>(string name, string? value, string error) where TEnum : struct, Enum =>
        value is null ? null : WireName<TEnum>.TryParse(value, out var choice) ? choice : Wrong(name, error, default(TEnum));

    public DateTime? Time(string name, string? value)
    {
        if (value is null)
        {
            return null;
        }

        return DateTimeOffset.TryParseExact(value, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime
            : Wrong(name, $"{name} must be a time such as 2026-01-31T12:00:00Z", default(DateTime));
    }

    /// <summary>Words to search for; null when there are none.</summary>
    public string? Search(string name, string? value) => value switch
    {
        null => null,
        _ when StoredText.Length(value) > SearchMaxLength => Wrong(name, $"{name} must be {SearchMaxLength} characters or less", value),
        _ when !StoredText.CanHold(value) => Wrong(name, $"{name} must not contain the NUL character", value),
        _ => string.IsNullOrWhiteSpace(value) ? null : value,
    };

    public T Wrong<T>(string name, string error, T instead)
    {
        (_errors ??= [])[name] = [error];
        return instead;
    }
}
