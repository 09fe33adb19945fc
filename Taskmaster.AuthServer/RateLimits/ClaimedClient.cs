using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.RateLimits;

/// <summary>Which client a request says it comes from, and what it shows for it. Nothing of it is verified.</summary>
internal readonly record struct ClaimedClient(string? Id, string? Secret, string? Assertion)
{
    /// <param name="context">The request.</param>
    /// <param name="withSecret">Without it no secret of a header is made a string: most requests are only counted.</param>
    public static async ValueTask<ClaimedClient> ReadAsync(HttpContext context, bool withSecret)
    {
        var request = context.Request;
        if (request.Headers.Authorization is [{ } authorization])
        {
            return BasicCredentials.Read(authorization, withSecret) is { } basic ? new(basic.Id, basic.Secret, Assertion: null) : default;
        }

        if (!request.HasFormContentType)
        {
            return default;
        }

        // Read once: whoever looks at the form later gets the same one.
        var form = await request.ReadFormAsync(context.RequestAborted);
        var (id, secret) = (Single(form, Parameters.ClientId), Single(form, Parameters.ClientSecret));
        var assertion = Single(form, Parameters.ClientAssertion);
        return new(id ?? ClientAssertion.Read(assertion).Subject, secret, assertion);
    }

    private static string? Single(IFormCollection form, string parameter) => form[parameter] is [{ Length: > 0 } value] ? value : null;
}
