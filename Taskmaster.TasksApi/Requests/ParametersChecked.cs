using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Taskmaster.TasksApi.Answers;

namespace Taskmaster.TasksApi.Requests;

/// <summary>
/// Answers 400 in the API's own words where an id in the path or the query is no UUID; by itself ASP.NET Core sends no
/// body.
/// </summary>
internal static class ParametersChecked
{
    /// <remarks>Around the routes and not a filter, for which ASP.NET Core would gather the arguments of each call.</remarks>
    public static TBuilder WithParametersChecked<TBuilder>(this TBuilder group) where TBuilder : IEndpointConventionBuilder
    {
        group.Add(endpoint =>
        {
            var parameters = endpoint.Metadata.OfType<MethodInfo>().Single().GetParameters().SelectMany(Expanded).ToList();
            string[] inPath = NamesOf<Guid>(parameters);
            string[] inQuery = NamesOf<Guid?>(parameters);

            InvalidRequest? Check(HttpRequest request) => CheckPath(request.RouteValues, inPath)
                ?? (request.QueryString.HasValue ? CheckQuery(request.Query, inQuery) : null);

            if (inPath.Length + inQuery.Length > 0)
            {
                var next = endpoint.RequestDelegate!;
                endpoint.RequestDelegate = context => Check(context.Request) is { } problem
                    ? problem.ExecuteAsync(context)
                    : next(context);
            }
        });
        return group;
    }

    private static InvalidRequest? CheckPath(RouteValueDictionary path, string[] ids)
    {
        foreach (var name in ids)
        {
            if (!IdText.TryParse(path[name] as string, out _))
            {
                return InvalidRequest.Because(ids.Length == 1
                    ? $"{name} must be a valid UUID"
                    : $"{string.Join(" and ", ids)} must be valid UUIDs");
            }
        }

        return null;
    }

    private static InvalidRequest? CheckQuery(IQueryCollection query, string[] ids)
    {
        var fields = new QueryFields();
        foreach (var name in ids.Where(name => query.TryGetValue(name, out var value) && !IdText.TryParse(value, out _)))
        {
            fields.Wrong(name, $"{name} must be a valid UUID", 0);
        }

        return fields.Problem;
    }

    /// <summary>The parameter, or those that are gathered in its type.</summary>
    private static IEnumerable<ParameterInfo> Expanded(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(AsParametersAttribute))
            ? parameter.ParameterType.GetConstructors().Single().GetParameters()
            : [parameter];

    private static string[] NamesOf<T>(IEnumerable<ParameterInfo> parameters) =>
        [.. parameters.Where(parameter => parameter.ParameterType == typeof(T)).Select(NameOf)];

    private static string NameOf(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<FromRouteAttribute>()?.Name
        ?? parameter.GetCustomAttribute<FromQueryAttribute>()?.Name ?? parameter.Name!;
}
