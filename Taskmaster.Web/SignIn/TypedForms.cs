using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Web.SignIn;

/// <summary>
/// Keeps what a user typed into a form that could not be taken because they have to sign in again, and gives it back to the
/// browser it came from.
/// </summary>
internal sealed class TypedForms(
    IConnectionMultiplexer redis, IDataProtectionProvider dataProtection, IOptions<AntiforgeryOptions> antiforgery)
{
    /// <summary>Names a kept form in the address of its page.</summary>
    public const string Parameter = "typed";

    /// <summary>Names a handler of a page, which only a form is sent to.</summary>
    private const string Handler = "handler";

    /// <summary>To find the password and to sign in takes minutes.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly IDataProtector _protector = dataProtection.CreateProtector("Taskmaster.Web.TypedForm");

    /// <summary>Where to go on after signing in: to the same page, with what was typed if the request is a form of ours.</summary>
    public async Task<string> ComeBackAsync(HttpRequest request)
    {
        var query = request.Query.Where(entry => entry.Key is not (Parameter or Handler));
        var address = QueryHelpers.AddQueryString(request.Path, query);
        return await KeepAsync(request) is { } id ? QueryHelpers.AddQueryString(address, Parameter, id) : address;
    }

    /// <summary>The fields of the kept form that the address names; null when there is none.</summary>
    public async Task<Dictionary<string, StringValues>?> FindAsync(HttpRequest request)
    {
        if (KeyOf(request, request.Query[Parameter]) is not { } key)
        {
            return null;
        }

        byte[]? kept = await redis.SendAsync("GET", database => database.StringGetAsync(key));
        try
        {
            return kept is null ? null : QueryHelpers.ParseQuery(Encoding.UTF8.GetString(_protector.Unprotect(kept)));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The form was taken.</summary>
    public async Task ForgetAsync(HttpRequest request)
    {
        if (KeyOf(request, request.Query[Parameter]) is { } key)
        {
            await redis.SendAsync("DEL", database => database.KeyDeleteAsync(key));
        }
    }

    private async Task<string?> KeepAsync(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType)
        {
            return null;
        }

        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        if (!form.ContainsKey(antiforgery.Value.FormFieldName) || KeyOf(request, id) is not { } key)
        {
            return null;
        }

        var fields = QueryString.Create(form.Where(field => field.Key != antiforgery.Value.FormFieldName)).ToString();
        await redis.SendAsync(
            "SET", database => database.StringSetAsync(key, _protector.Protect(Encoding.UTF8.GetBytes(fields)), Lifetime));
        return id;
    }

    /// <remarks>
    /// The antiforgery cookie is part of the key. Browsers do not send it (SameSite) with another site's form, which therefore
    /// is not kept, and nobody can make a link that fills in a form for somebody else.
    /// </remarks>
    private string? KeyOf(HttpRequest request, string? id) =>
        id is { Length: > 0 } && request.Cookies[antiforgery.Value.Cookie.Name!] is { Length: > 0 } browser
            ? SessionKeys.Typed(browser, id)
            : null;
}
