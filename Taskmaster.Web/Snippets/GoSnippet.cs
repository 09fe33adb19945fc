namespace Taskmaster.Web.Snippets;

/// <summary>Go refuses an import that is not used, so the program with an API key has fewer of them.</summary>
internal sealed class GoSnippet : Snippet
{
    private const string Send = """
        func send(request *http.Request) []byte {
            answer, err := http.DefaultClient.Do(request)
            if err != nil {
                log.Fatal(err)
            }
            defer answer.Body.Close()
            body, err := io.ReadAll(answer.Body)
            if err != nil || answer.StatusCode >= 400 {
                log.Fatal(answer.Status, " ", string(body))
            }
            return body
        }
        """;

    public override string Id => "go";

    public override string Language => "Go";

    public override string Use => "Save it as tasks.go and run: go run tasks.go.";

    // As gofmt has it: indented by tabs.
    protected override string Program(ApiAccess access) =>
        (access.ClientId is { } clientId ? WithToken(access, clientId) : WithKey(access)).Replace("    ", "\t", StringComparison.Ordinal)
            + "\n\n" + Send.Replace("    ", "\t", StringComparison.Ordinal);

    private static string WithKey(ApiAccess access) => $$"""
        package main

        import (
            "fmt"
            "io"
            "log"
            "net/http"
        )

        const origin = {{Quoted.Double(access.Origin)}}

        func main() {
            // Your tasks.
            request, _ := http.NewRequest("GET", origin+"/api/tasks", nil)
            request.Header.Set("x-api-key", {{Quoted.Double(access.Secret)}})
            fmt.Println(string(send(request)))
        }
        """;

    private static string WithToken(ApiAccess access, string clientId) => $$"""
        package main

        import (
            "encoding/json"
            "fmt"
            "io"
            "log"
            "net/http"
            "strings"
        )

        const origin = {{Quoted.Double(access.Origin)}}

        func main() {
            // A token, good for an hour.
            grant := strings.NewReader("grant_type=client_credentials")
            request, _ := http.NewRequest("POST", origin+"/oauth2/token", grant)
            request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
            request.SetBasicAuth({{Quoted.Double(clientId)}}, {{Quoted.Double(access.Secret)}})
            var token struct {
                AccessToken string `json:"access_token"`
            }
            if err := json.Unmarshal(send(request), &token); err != nil {
                log.Fatal(err)
            }

            // Your tasks.
            request, _ = http.NewRequest("GET", origin+"/api/tasks", nil)
            request.Header.Set("Authorization", "Bearer "+token.AccessToken)
            fmt.Println(string(send(request)))
        }
        """;
}
