using System.Net.Mime;
using Microsoft.AspNetCore.WebUtilities;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.TasksApi.Requests;

/// <summary>What holds for every request and answer: the size of a body, JSON, the answers to what goes wrong.</summary>
internal static class RequestRules
{
    public const int MaxBodySize = BodyLimits.Api;

    public static void AddRequestRules(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodySize;
        });

        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            options.SerializerOptions.PropertyNamingPolicy = ApiJson.Default.Options.PropertyNamingPolicy;
            options.SerializerOptions.DefaultIgnoreCondition = ApiJson.Default.Options.DefaultIgnoreCondition;
        });

        // The same answers in every environment: Development would throw where a parameter cannot be read.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
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
