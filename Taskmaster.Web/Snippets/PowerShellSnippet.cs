namespace Taskmaster.Web.Snippets;

/// <summary>For Windows PowerShell 5.1 as well, where <c>-UseBasicParsing</c> does without Internet Explorer.</summary>
internal sealed class PowerShellSnippet : Snippet
{
    public override string Id => "powershell";

    public override string Language => "PowerShell";

    public override string Use => "Paste it into PowerShell.";

    protected override string Program(ApiAccess access) => $$"""
        $origin = {{Quoted.PowerShell(access.Origin)}}

        {{Headers(access)}}

        # Your tasks.
        (Invoke-WebRequest "$origin/api/tasks" -Headers $headers -UseBasicParsing).Content
        """;

    private static string Headers(ApiAccess access) => access.ClientId is not { } clientId
        ? $$"""$headers = @{ 'x-api-key' = {{Quoted.PowerShell(access.Secret)}} }"""
        : $$"""
            # A token, good for an hour.
            $bytes = [Text.Encoding]::UTF8.GetBytes({{Quoted.PowerShell($"{clientId}:{access.Secret}")}})
            $basic = @{ Authorization = 'Basic ' + [Convert]::ToBase64String($bytes) }
            $grant = @{ grant_type = 'client_credentials' }
            $token = (Invoke-RestMethod "$origin/oauth2/token" -Method Post -Headers $basic -Body $grant).access_token
            $headers = @{ Authorization = "Bearer $token" }
            """;
}
