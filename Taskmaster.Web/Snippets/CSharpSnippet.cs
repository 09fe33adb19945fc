namespace Taskmaster.Web.Snippets;

/// <summary>A file-based application: nothing in it needs reflection, which such an application does without.</summary>
internal sealed class CSharpSnippet : Snippet
{
    public override string Id => "csharp";

    public override string Language => "C#";

    public override string Use => "Save it as tasks.cs and run: dotnet run tasks.cs (.NET 10 or newer).";

    protected override string Program(ApiAccess access) => $$"""
        {{(access.ClientId is null ? "" : "using System.Text;\nusing System.Text.Json;\n\n")}}using var http = new HttpClient();
        var origin = {{Quoted.Double(access.Origin)}};

        {{Headers(access)}}

        // Your tasks.
        Console.WriteLine(await http.GetStringAsync(origin + "/api/tasks"));
        """;

    private static string Headers(ApiAccess access) => access.ClientId is not { } clientId
        ? $$"""http.DefaultRequestHeaders.Add("x-api-key", {{Quoted.Double(access.Secret)}});"""
        : $$"""
            // A token, good for an hour.
            var credentials = Encoding.UTF8.GetBytes({{Quoted.Double($"{clientId}:{access.Secret}")}});
            http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(credentials));
            var grant = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
            var answer = await http.PostAsync(origin + "/oauth2/token", grant);
            answer.EnsureSuccessStatusCode();
            using var token = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            http.DefaultRequestHeaders.Authorization = new("Bearer", token.RootElement.GetProperty("access_token").GetString());
            """;
}
