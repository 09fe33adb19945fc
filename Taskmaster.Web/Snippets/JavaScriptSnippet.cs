namespace Taskmaster.Web.Snippets;

internal sealed class JavaScriptSnippet : Snippet
{
    public override string Id => "javascript";

    public override string Language => "JavaScript";

    public override string Use => "Save it as tasks.mjs and run: node tasks.mjs (Node.js 18 or newer).";

    protected override string Program(ApiAccess access) => $$"""
        const origin = {{Quoted.Double(access.Origin)}};

        {{Headers(access)}}

        // Your tasks.
        const tasks = await fetch(origin + "/api/tasks", { headers });
        console.log(await tasks.text());
        """;

    private static string Headers(ApiAccess access) => access.ClientId is not { } clientId
        ? $$"""const headers = { "x-api-key": {{Quoted.Double(access.Secret)}} };"""
        : $$"""
            // A token, good for an hour.
            const answer = await fetch(origin + "/oauth2/token", {
              method: "POST",
              headers: { authorization: "Basic " + btoa({{Quoted.Double($"{clientId}:{access.Secret}")}}) },
              body: new URLSearchParams({ grant_type: "client_credentials" }),
            });
            if (!answer.ok) {
              throw new Error(await answer.text());
            }
            const { access_token } = await answer.json();
            const headers = { authorization: "Bearer " + access_token };
            """;
}
