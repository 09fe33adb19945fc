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
/// browser it came from. What is kept is bounded: only browsers that were signed in with (<see cref="BrowserCookie"/>) have
/// anything kept, the last <see cref="MostForms"/> forms of each, and no form larger than <see cref="MostBytes"/>.
/// </summary>
internal sealed class TypedForms(
    IConnectionMultiplexer redis, IDataProtectionProvider dataProtection, BrowserCookie browsers, IOptions<AntiforgeryOptions> antiforgery)
{
    /// <summary>Names a kept form in the address of its page.</summary>
    public const string Parameter = "typed";

    /// <summary>A field that holds what only the user may have; it is typed again.</summary>
    public const string NeverKept = "ClientSecret";

    /// <summary>Forms of one browser; the oldest makes room for the next.</summary>
    public const int MostForms = 5;

    /// <summary>The fields of a form as they are kept. A task or project at its limits, typed in any script, takes a tenth.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>Names a handler of a page, which only a form is sent to.</summary>
    private const string Handler = "handler";

    // One step, so that no key is ever without an expiry or longer than it may be.
    private const string KeepScript =
        """
        redis.call('LPUSH', KEYS[1], ARGV[1])
        redis.call('LTRIM', KEYS[1], 0, ARGV[2] - 1)
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        """;

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
        if (await StoredAsync(request) is not { } stored)
        {
            return null;
        }

        try
        {
            return QueryHelpers.ParseQuery(Encoding.UTF8.GetString(_protector.Unprotect(stored[SHA256.HashSizeInBytes..])));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The form was taken.</summary>
    public async Task ForgetAsync(HttpRequest request)
    {
        if (KeyOf(request) is { } key && await StoredAsync(request) is { } stored)
        {
            await redis.SendAsync("LREM", database => database.ListRemoveAsync(key, stored));
        }
    }

    /// <remarks>
    /// Browsers do not send the cookie (SameSite) with another site's form, which therefore is not kept, and nobody can make a
    /// link that fills in a form for somebody else.
    /// </remarks>
    private string? KeyOf(HttpRequest request) => browsers.IdOf(request) is { } browser ? SessionKeys.Typed(browser) : null;

    private async Task<string?> KeepAsync(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType || KeyOf(request) is not { } key)
        {
            return null;
        }

        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var fields = Encoding.UTF8.GetBytes(
            QueryString.Create(form.Where(field => field.Key != antiforgery.Value.FormFieldName && field.Key != NeverKept)).ToString());
        if (!form.ContainsKey(antiforgery.Value.FormFieldName) || fields.Length > MostBytes)
        {
            return null;
        }

        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        byte[] stored = [.. HashOf(id), .. _protector.Protect(fields)];
        await redis.SendAsync(
            "EVALSHA",
            database => database.ScriptEvaluateAsync(KeepScript, [key], [stored, MostForms, (long)Lifetime.TotalMilliseconds]),
            "keep_form");
        return id;
    }

    /// <summary>The form that the address names, as it is stored: the hash of its id, then its protected fields.</summary>
    private async Task<byte[]?> StoredAsync(HttpRequest request)
    {
        if (request.Query[Parameter].ToString() is not { Length: > 0 } id || KeyOf(request) is not { } key)
        {
            return null;
        }

        var hash = HashOf(id);
        var forms = await redis.SendAsync("LRANGE", database => database.ListRangeAsync(key));
        return forms.Select(form => (byte[])form!).FirstOrDefault(form => form.AsSpan().StartsWith(hash));
    }

    private static byte[] HashOf(string id) => SHA256.HashData(Encoding.UTF8.GetBytes(id));
}
