using System.Net.Mime;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;

namespace Taskmaster.TasksApi.Answers;

/// <summary>What holds for every answer: its JSON, and what is said where no handler answers.</summary>
internal static class AnswersExtensions
{
    /// <param name="builder">The service.</param>
    /// <param name="json">Everything the service writes: no folder knows what all the others write.</param>
    public static void AddAnswers(this WebApplicationBuilder builder, JsonSerializerContext json)
    {
        builder.Services.AddSingleton(json);
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, json);
            options.SerializerOptions.PropertyNamingPolicy = json.Options.PropertyNamingPolicy;
            options.SerializerOptions.DefaultIgnoreCondition = json.Options.DefaultIgnoreCondition;
        });
        builder.Services.AddExceptionHandler<ExceptionAnswers>();
    }

    /// <summary>
    /// Answers for what no handler answers: exceptions, and statuses without a body, which get their name as text/plain.
    /// </summary>
    public static void UseErrorAnswers(this WebApplication app)
    {
        // The empty callback says that ExceptionAnswers alone decides; without it the middleware demands an error page.
        app.UseExceptionHandler(static _ => { });
        app.UseStatusCodePages(static context =>
        {
            context.HttpContext.Response.ContentType = MediaTypeNames.Text.Plain;
            return context.HttpContext.Response.WriteAsync(
                ReasonPhrases.GetReasonPhrase(context.HttpContext.Response.StatusCode), context.HttpContext.RequestAborted);
        });
    }
}
