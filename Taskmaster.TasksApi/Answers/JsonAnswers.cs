using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Taskmaster.TasksApi.Answers;

internal static class JsonAnswers
{
    /// <summary>Writes a body that the service's JSON context knows, as <see cref="AnswersExtensions.AddAnswers"/> was given it.</summary>
    public static Task WriteAnswerAsync<T>(this HttpResponse response, T body, string? contentType = null)
    {
        var context = response.HttpContext;
        var json = (JsonTypeInfo<T>)context.RequestServices.GetRequiredService<JsonSerializerContext>().GetTypeInfo(typeof(T))!;
        return response.WriteAsJsonAsync(body, json, contentType, context.RequestAborted);
    }
}
