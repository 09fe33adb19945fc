using System.Text.Json;

namespace Taskmaster.Mcp.Protocol;

/// <summary>
/// Writes <c>5.0</c> as 5: JSON Schema calls both an integer (2020-12, validation §6.1.1), clients in languages with one number
/// type send either, and .NET reads only the second into an <see cref="int"/>.
/// </summary>
internal static class WholeNumbers
{
    public static void Normalize(IDictionary<string, JsonElement> arguments)
    {
        foreach (var (name, value) in arguments.ToList())
        {
            if (value.ValueKind is JsonValueKind.Number && !value.TryGetInt64(out _)
                && value.TryGetDecimal(out var number) && number == decimal.Truncate(number)
                && number is >= long.MinValue and <= long.MaxValue)
            {
                arguments[name] = JsonSerializer.SerializeToElement((long)number);
            }
        }
    }
}
