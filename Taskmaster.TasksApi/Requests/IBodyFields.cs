namespace Taskmaster.TasksApi.Requests;

/// <summary>
/// What a request body asks for, field by field. <see cref="JsonFields"/> reads it; the API's description records the
/// same calls, so that what is documented is what is checked.
/// </summary>
internal interface IBodyFields
{
    /// <summary>An update that changes nothing is refused rather than answered as if it had happened.</summary>
    void RequireAny(params ReadOnlySpan<string> names);

    /// <summary>The objects of an array, each read by itself: its errors say which it is.</summary>
    IReadOnlyList<T> Items<T>(string name, int most, Func<IBodyFields, T> read);

    string Text(string name, int maxLength);

    string? OptionalText(string name, int maxLength);

    /// <summary>Text that people tell one thing from another by, so that something of it must be seen.</summary>
    string Name(string name, int maxLength);

    string? OptionalName(string name, int maxLength);

    Guid Id(string name);

    Guid? OptionalId(string name);

    DateTime? OptionalTime(string name);

    TEnum Choice<TEnum>(string name, string error) where TEnum : struct, Enum;

    TEnum? OptionalChoice<TEnum>(string name, string error) where TEnum : struct, Enum;

    /// <summary>Refuses a field for a reason that only its reader knows.</summary>
    T Wrong<T>(string name, string error, T instead);
}
