namespace Taskmaster.Web.Snippets;

/// <summary>The first call, and the only snippet that writes: it ends with something to see on the Tasks page.</summary>
internal sealed class CurlSnippet : Snippet
{
    private const string Json = "-H 'Content-Type: application/json'";

    public override string Id => "curl";

    public override string Language => "curl";

    public override string Use => "Paste it into a terminal: Linux, macOS, or Git Bash on Windows.";

    protected override bool CanUse(ApiAccess access) => access.MayRead || access.MayWrite;

    protected override string Program(ApiAccess access) => string.Join("\n\n", Steps(access));

    private static IEnumerable<string> Steps(ApiAccess access)
    {
        var header = $"-H {Quoted.Shell("x-api-key: " + access.Secret)}";
        if (access.ClientId is { } clientId)
        {
            header = "-H \"Authorization: Bearer $token\"";
            yield return $$"""
                # A token, good for an hour.
                token=$(curl -sS {{Quoted.Shell(access.Origin + "/oauth2/token")}} \
                  -u {{Quoted.Shell($"{clientId}:{access.Secret}")}} \
                  -d grant_type=client_credentials | sed -n 's/.*"access_token": *"\([^"]*\)".*/\1/p')
                """;
        }

        if (access.MayWrite)
        {
            yield return $$"""
                # A project with a task. The keys see to it that each is created once a day, however often this runs.
                project=$(curl -sS {{Quoted.Shell(access.Origin + "/api/projects")}} \
                  {{header}} {{Json}} -H 'Idempotency-Key: first-project' \
                  -d '{"name":"My first project","description":"Made with curl"}' | sed -n 's/.*"id": *"\([^"]*\)".*/\1/p')
                curl -sS -w '\n' {{Quoted.Shell(access.Origin + "/api/tasks")}} \
                  {{header}} {{Json}} -H 'Idempotency-Key: first-task' \
                  -d '{"title":"My first task","description":"Made with curl","project_id":"'"$project"'"}'
                """;
        }

        if (access.MayRead)
        {
            yield return $$"""
                # Your tasks.
                curl -sS -w '\n' {{Quoted.Shell(access.Origin + "/api/tasks")}} \
                  {{header}}
                """;
        }
    }
}
