using System.Globalization;
using System.Text.Json;

namespace Taskmaster.Web.Pages.Developer.TryIt;

/// <summary>A field of a request or an answer, with its explanation; <c>_Fields.cshtml</c> renders a table of them.</summary>
internal sealed record ShownField(string Name, string Value)
{
    private static readonly string[] Times = ["exp", "iat", "nbf", "auth_time"];

    public string Words => FieldWords.Of(Name);

    /// <summary>The members of a JSON object; none where it is not one.</summary>
    public static IReadOnlyList<ShownField> Of(JsonElement json) => json.ValueKind is JsonValueKind.Object
        ? [.. json.EnumerateObject().Select(member => new ShownField(member.Name, ValueOf(member)))]
        : [];

    private static string ValueOf(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.String => member.Value.GetString()!,
        JsonValueKind.Number when Times.Contains(member.Name) && member.Value.TryGetInt64(out var seconds) =>
            $"{seconds} ({At(seconds)} UTC)",
        _ => member.Value.GetRawText(),
    };

    private static string At(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
