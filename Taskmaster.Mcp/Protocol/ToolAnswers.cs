using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Taskmaster.Mcp.Api;
using Taskmaster.Mcp.Tools;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Mcp.Protocol;

/// <summary>
/// Around every tool: its arguments fit its schema, and what the API refuses becomes a result that an agent can act on. Without
/// it the SDK says that something went wrong, and not what.
/// </summary>
internal sealed class ToolAnswers(ArgumentSchemas schemas, OutageLog outages)
{
    public McpRequestHandler<CallToolRequestParams, CallToolResult> Around(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next) => async (request, cancellationToken) =>
    {
        if (request.Params?.Arguments is { } arguments)
        {
            WholeNumbers.Normalize(arguments);
        }

        if (request.MatchedPrimitive is McpServerTool tool
            && schemas.ErrorsOf(tool.ProtocolTool, request.Params?.Arguments) is { Count: > 0 } errors)
        {
            return Error(string.Join(' ', errors));
        }

        try
        {
            return await next(request, cancellationToken);
        }
        catch (ApiRefusalException refusal)
        {
            return Error(RefusalTexts.Of(refusal));
        }
        catch (ApiUnavailableException outage)
        {
            if (!outage.IsRateLimit)
            {
                outages.Away(outage.Resource, outage);
            }

            return Error(RefusalTexts.Of(outage));
        }
    };

    private static CallToolResult Error(string text) => new() { IsError = true, Content = [new TextContentBlock { Text = text }] };
}
