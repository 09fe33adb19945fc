using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Developer.Requests;

/// <summary>
/// A logged request as a command line, to send it again. What is not kept is a name in capitals. Whoever made the request
/// chose its parameters, so that each is form-urlencoded and nothing of it means anything to a shell.
/// </summary>
internal static class CurlCommand
{
    private const string NextLine = " \\\n  ";

    public static string Of(LoggedRequest request, string clientId, string origin) => request switch
    {
        { IsOfApi: true } => string.Join(NextLine, OfApi(request, origin)),
        { Method: "GET" } => string.Join(
            NextLine,
            [
                "curl -i -H 'Accept: application/json'",
                $"'{origin}{request.Endpoint}?{Query(request, clientId)}'",
            ]),
        _ => string.Join(NextLine, OfForm(request, clientId, origin)),
    };

    private static IEnumerable<string> OfApi(LoggedRequest request, string origin)
    {
        yield return $"curl -i -X {request.Method} '{origin}{request.Endpoint}'";
        yield return "-H 'Authorization: Bearer ACCESS_TOKEN'";
        if (request.Method is "POST" or "PUT" or "PATCH")
        {
            yield return "-H 'Content-Type: application/json'";
            yield return "-d 'BODY'";
        }
    }

    private static IEnumerable<string> OfForm(LoggedRequest request, string clientId, string origin)
    {
        yield return $"curl -i '{origin}{request.Endpoint}'";
        if (request.Authentication is "client_secret_basic")
        {
            yield return $"-u '{Uri.EscapeDataString(clientId)}:CLIENT_SECRET'";
        }
        else
        {
            yield return $"-d 'client_id={Uri.EscapeDataString(clientId)}'";
        }

        foreach (var pair in Pairs(request))
        {
            yield return $"-d '{pair}'";
        }
    }

    private static string Query(LoggedRequest request, string clientId) =>
        string.Join('&', Pairs(request).Prepend($"client_id={Uri.EscapeDataString(clientId)}"));

    private static IEnumerable<string> Pairs(LoggedRequest request) =>
        (request.Parameters ?? new Dictionary<string, string>())
            .Select(sent => $"{sent.Key}={Uri.EscapeDataString(sent.Value)}")
            .Concat((request.Withheld ?? []).Select(name => $"{name}={name.ToUpperInvariant()}"));
}
