using System.Security.Claims;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using OpenIddict.Abstractions;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>
/// What acted for the user: the client that the token was issued to, or the API key. It says nothing about rights, which are the
/// <see cref="Caller"/>'s.
/// </summary>
/// <param name="Kind">The website's own client is told from the others.</param>
/// <param name="ClientId">The id of the client, or of the API key.</param>
internal sealed record Via(ViaKind Kind, string ClientId)
{
    private const char Separator = ':';

    /// <summary>In the database: one text, such as <c>application:0199…</c>.</summary>
    public static ValueConverter<Via?, string?> Converter { get; } = new(
        via => via == null ? null : via.ToString(), text => text == null ? null : Parse(text));

    public static Via? From(ClaimsPrincipal user)
    {
        if (user.FindFirst(TaskmasterClaims.ApiKey)?.Value is { } key)
        {
            return new(ViaKind.ApiKey, key);
        }

        return user.FindFirst(OpenIddictConstants.Claims.Private.Presenter)?.Value is { } client
            ? new(client == WellKnownClients.Web ? ViaKind.Website : ViaKind.Application, client)
            : null;
    }

    /// <summary>Found by minimal APIs.</summary>
    public static ValueTask<Via?> BindAsync(HttpContext context) => ValueTask.FromResult(From(context.User));

    /// <summary>For a setting of a transaction, which cannot be null.</summary>
    public static string TextOf(Via? via) => via?.ToString() ?? "";

    public override string ToString() => $"{WireName<ViaKind>.Of(Kind)}{Separator}{ClientId}";

    private static Via Parse(string text)
    {
        var end = text.IndexOf(Separator, StringComparison.Ordinal);
        return new(WireName<ViaKind>.Parse(text[..end]), text[(end + 1)..]);
    }
}
