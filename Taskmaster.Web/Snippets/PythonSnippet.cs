namespace Taskmaster.Web.Snippets;

/// <summary>With the standard library only: <c>requests</c> would have to be installed first.</summary>
internal sealed class PythonSnippet : Snippet
{
    public override string Id => "python";

    public override string Language => "Python";

    public override string Use => "Save it as tasks.py and run: python3 tasks.py.";

    protected override string Program(ApiAccess access) => $$"""
        {{(access.ClientId is null ? "" : "import base64\nimport json\n")}}from urllib.request import Request, urlopen

        origin = {{Quoted.Double(access.Origin)}}

        {{Headers(access)}}

        # Your tasks.
        with urlopen(Request(origin + "/api/tasks", headers=headers)) as answer:
            print(answer.read().decode())
        """;

    private static string Headers(ApiAccess access) => access.ClientId is not { } clientId
        ? $$"""headers = {"x-api-key": {{Quoted.Double(access.Secret)}}}"""
        : $$"""
            # A token, good for an hour.
            credentials = base64.b64encode({{Quoted.Double($"{clientId}:{access.Secret}")}}.encode()).decode()
            request = Request(
                origin + "/oauth2/token",
                data=b"grant_type=client_credentials",
                headers={"Authorization": "Basic " + credentials},
            )
            with urlopen(request) as answer:
                token = json.load(answer)["access_token"]
            headers = {"Authorization": "Bearer " + token}
            """;
}
