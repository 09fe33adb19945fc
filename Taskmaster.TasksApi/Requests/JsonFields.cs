using System.Text.Json;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Requests;

/// <summary>
/// Reads the members of a JSON object and collects what is wrong with each. A field that is wrong reads as a default;
/// nothing uses it, because <see cref="Problem"/> is then the answer.
/// </summary>
internal sealed class JsonFields : IBodyFields
{
    private readonly JsonElement _json;

    /// <summary>Where the object is within the body, such as <c>tasks[3]</c>; null for the body itself.</summary>
    private readonly string? _place;
    private readonly Dictionary<string, string[]> _errors;
    private InvalidRequest? _empty;

    public JsonFields(JsonElement body)
        : this(body, null, [])
    {
    }

    private JsonFields(JsonElement json, string? place, Dictionary<string, string[]> errors)
    {
        _json = json;
        _place = place;
        _errors = errors;
    }

    public InvalidRequest? Problem => _empty ?? (_errors.Count == 0 ? null : InvalidRequest.Fields(_errors));

    public void RequireAny(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_json.TryGetProperty(name, out _))
            {
                return;
            }
        }

        const string error = "No fields provided for update";
        if (_place is null)
        {
            _empty = InvalidRequest.Because(error);
        }
        else
        {
            _errors[_place] = [error];
        }
    }

    public IReadOnlyList<T> Items<T>(string name, int most, Func<IBodyFields, T> read)
    {
        if (!_json.TryGetProperty(name, out var field) || field.ValueKind != JsonValueKind.Array || field.GetArrayLength() is 0)
        {
            return Wrong<IReadOnlyList<T>>(name, $"{name} must be an array of objects", []);
        }

        if (field.GetArrayLength() > most)
        {
            return Wrong<IReadOnlyList<T>>(name, $"{name} must have {most} items or less", []);
        }

        List<T> items = [];
        foreach (var (index, item) in field.EnumerateArray().Index())
        {
            var place = $"{name}[{index}]";
            if (item.ValueKind == JsonValueKind.Object)
            {
                items.Add(read(new JsonFields(item, place, _errors)));
            }
            else
            {
                _errors[place] = ["Must be an object"];
            }
        }

        return items;
    }

    public string Text(string name, int maxLength) => OptionalText(name, maxLength) ?? Wrong(name, $"{Label(name)} is required", "");

    public string? OptionalText(string name, int maxLength)
    {
        if (!_json.TryGetProperty(name, out var field))
        {
            return null;
        }

        if (JsonText.Of(field) is not { } text)
        {
            return Wrong(name, $"{Label(name)} must be a string", "");
        }

        return StoredText.Length(text) switch
        {
            0 => Wrong(name, $"{Label(name)} is required", ""),
            var length when length > maxLength => Wrong(name, $"{Label(name)} must be {maxLength} characters or less", ""),
            _ when !StoredText.CanHold(text) => Wrong(name, $"{Label(name)} must not contain the NUL character", ""),
            _ => text,
        };
    }

    public string Name(string name, int maxLength) => OptionalName(name, maxLength) ?? Wrong(name, $"{Label(name)} is required", "");

    public string? OptionalName(string name, int maxLength) => OptionalText(name, maxLength) switch
    {
        { Length: > 0 } text when !VisibleText.IsIn(text) => Wrong(name, $"{Label(name)} must have a visible character", ""),
        var text => text,
    };

    public Guid Id(string name) => OptionalId(name) ?? Wrong(name, $"{name} must be a valid UUID", Guid.Empty);

    public Guid? OptionalId(string name)
    {
        if (!_json.TryGetProperty(name, out var field))
        {
            return null;
        }

        return JsonText.Of(field) is { } text && IdText.TryParse(text, out var id)
            ? id
            : Wrong(name, $"{name} must be a valid UUID", Guid.Empty);
    }

    public DateTime? OptionalTime(string name)
    {
        if (!_json.TryGetProperty(name, out var field))
        {
            return null;
        }

        return JsonText.Of(field) is { } text && InternetTime.TryParse(text, out var time)
            ? time
            : Wrong(name, $"{name} must be a time such as 2026-01-31T12:00:00Z", default(DateTime));
    }

    public TEnum Choice<TEnum>(string name, string error) where TEnum : struct, Enum =>
        OptionalChoice<TEnum>(name, error) ?? Wrong(name, error, default(TEnum));

    public TEnum? OptionalChoice<TEnum>(string name, string error) where TEnum : struct, Enum
    {
        if (!_json.TryGetProperty(name, out var field))
        {
            return null;
        }

        return JsonText.Of(field) is { } text && WireName<TEnum>.TryParse(text, out var value)
            ? value
            : Wrong(name, error, default(TEnum));
    }

    private static string Label(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    public T Wrong<T>(string name, string error, T instead)
    {
        _errors[_place is null ? name : $"{_place}.{name}"] = [error];
        return instead;
    }
}
