using System.Text.Json.Serialization;

namespace Taskmaster.ServiceDefaults.RequestLogs;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(LoggedRequest))]
internal sealed partial class LoggedRequestJson : JsonSerializerContext;
