using System.Reflection;
using Microsoft.AspNetCore.Mvc;

namespace Taskmaster.TasksApi.Requests;

/// <summary>Answers 400 in the API's own words where an id in the path or the query is no UUID; by itself ASP.NET Core sends no body.</summary>
internal static class IdsChecked
{
    private const string IdFormat = "D";

    public static RouteGroupBuilder WithIdsChecked(this RouteGroupBuilder group) => group.AddEndpointFilterFactory((context, next) =>
    {
        var parameters = context.MethodInfo.GetParameters();
        string[] inPath = [.. parameters.Where(parameter => parameter.ParameterType == typeof(Guid)).Select(NameOf)];
        string[] inQuery = [.. parameters.Where(parameter => parameter.ParameterType == typeof(Guid?)).Select(NameOf)];

        return inPath.Length + inQuery.Length == 0
            ? next
            : invocation => Check(invocation.HttpContext.Request, inPath, inQuery) is { } problem
                ? ValueTask.FromResult<object?>(problem)
                : next(invocation);
    });

    private static InvalidRequest? Check(HttpRequest request, string[] inPath, string[] inQuery)
    {
        if (!inPath.All(name => Guid.TryParseExact(request.RouteValues[name] as string, IdFormat, out _)))
        {
            return InvalidRequest.Because(inPath.Length == 1
                ? $"{inPath[0]} must be a valid UUID"
                : $"{string.Join(" and ", inPath)} must be valid UUIDs");
        }

        var wrong = inQuery.FirstOrDefault(name =>
            request.Query.TryGetValue(name, out var value) && !Guid.TryParseExact(value, IdFormat, out _));
        return wrong is null ? null : InvalidRequest.Query(wrong, $"{wrong} must be a valid UUID");
    }

    private static string NameOf(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<FromRouteAttribute>()?.Name ?? parameter.GetCustomAttribute<FromQueryAttribute>()?.Name ?? parameter.Name!;
}
