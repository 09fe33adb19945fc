using Microsoft.AspNetCore;
using OpenIddict.Validation;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>Remembers whose a token was that is real and admits nobody any more. Only the request log asks.</summary>
internal static class RefusedClient
{
    public static void Remember(OpenIddictValidationTransaction transaction, string? clientId)
    {
        if (transaction.GetHttpRequest()?.HttpContext is { } context)
        {
            context.Items[typeof(RefusedClient)] = clientId;
        }
    }

    public static string? Of(HttpContext context) => context.Items[typeof(RefusedClient)] as string;
}
