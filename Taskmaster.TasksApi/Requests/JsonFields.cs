using System.Text.Json;
using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Requests;

/// <summary>
/// Reads the members of a JSON object and collects what is wrong with each. A field that is wrong reads as a default;
/// nothing uses it, because <see cref="Problem"/> is then the answer.
/// </summary>
internal sealed class JsonFields(JsonElement json)
{
    private const string IdFormat = "D";

    private Dictionary<string, string[]>? _errors;
    private InvalidRequest? _empty;

    public InvalidRequest? Problem => _empty ?? (_errors is null ? null : InvalidRequest.Fields(_errors));

    /// <summary>An update that changes nothing is refused rather than answered as if it had happened.</summary>
    public void RequireAny(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (json.TryGetProperty(name, out _))
            {
                return;
            }
        }

        _empty = InvalidRequest.Because("No fields provided for update");
    }

    public string Text(string name, int maxLength) => OptionalText(name, maxLength) ?? Wrong<string>(name, $"{Label(name)} is required")!;

    public string? OptionalText(string name, int maxLength)
    {
        if (!json.TryGetProperty(name, out var field))
        {
            return null;
        }

        if (!TryGetText(field, out var text))
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

    public Guid Id(string name) => OptionalId(name) ?? Wrong(name, $"{name} must be a valid UUID", Guid.Empty);

    public Guid? OptionalId(string name)
    {
        if (!json.TryGetProperty(name, out var field))
        {
            return null;
        }

        return TryGetText(field, out var text) && Guid.TryParseExact(text, IdFormat, out var id)
            ? id
            : Wrong(name, $"{name} must be a valid UUID", Guid.Empty);
    }

    public TEnum Choice<TEnum>(string name, string error) where TEnum : struct, Enum =>
        OptionalChoice<TEnum>(name, error) ?? Wrong(name, error, default(TEnum));

    public TEnum? OptionalChoice<TEnum>(string name, string error) where TEnum : struct, Enum
    {
        if (!json.TryGetProperty(name, out var field))
        {
            return null;
        }

        return TryGetText(field, out var text) && WireName<TEnum>.TryParse(text, out var value) ? value : Wrong(name, error, default(TEnum));
    }

    private static bool TryGetText(JsonElement field, out string text)
    {
        text = "";
        if (field.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = field.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are no UTF-8: JSON's grammar allows both, text does not.
            return false;
        }
    }

    private static string Label(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private T Wrong<T>(string name, string error, T instead)
    {
        (_errors ??= [])[name] = [error];
        return instead;
    }

    private T? Wrong<T>(string name, string error) where T : class => Wrong<T?>(name, error, null);
}
