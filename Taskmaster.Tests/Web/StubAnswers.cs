using Microsoft.AspNetCore.Http;

namespace Taskmaster.Tests.Web;

/// <summary>What the stubs of the two services answer: one of each thing, to whatever is asked.</summary>
internal static class StubAnswers
{
    public const string Id = "01890000-0000-7000-8000-000000000001";

    public const string Project = $$"""
        {"id":"{{Id}}","name":"Website <b>Redesign</b>","description":"A fresher look","created_by":"alice","created_at":"2026-01-15T09:00:00Z","updated_at":"2026-01-15T09:00:00Z"}
        """;

    public const string Item = $$"""
        {"id":"{{Id}}","title":"Write the <i>docs</i>","description":"All of them","created_by":"alice","project_id":"{{Id}}","status":"todo","created_at":"2026-01-15T09:00:00Z","updated_at":"2026-01-15T09:00:00Z"}
        """;

    public const string Client = $$"""
        {"client_id":"{{Id}}","name":"My Bot","client_type":"confidential","redirect_uris":["https://yourapp.com/auth/callback"],"require_pkce":false,"tasks_access":"read_write","created_at":"2026-01-15T09:00:00Z","secrets":[{"id":"{{Id}}","name":"First secret","created_at":"2026-01-15T09:00:00Z"}]}
        """;

    public const string Events = $$"""
        {"events":[
          {"id":"{{Id}}","at":"2026-01-15T09:05:00Z","type":"locked_out","actor":"system"},
          {"id":"{{Id}}","at":"2026-01-15T09:00:00Z","type":"consent_given","actor":"alice","client_id":"{{Id}}","client_name":"Their <App>","address":"203.0.113.7","details":"openid tasks:read"}],
         "next":"{{Id}}"}
        """;

    public const string Sessions = $$"""
        [{"id":"{{Id}}","browser":"Firefox on Linux","address":"203.0.113.7","signed_in_at":"2026-01-15T09:00:00Z","last_used_at":"2026-01-15T09:00:00Z","current":true},
         {"id":"{{Id}}","browser":"Safari on iPhone","address":"203.0.113.8","signed_in_at":"2026-01-15T09:00:00Z","last_used_at":"2026-01-15T09:00:00Z","current":false}]
        """;

    public const string Requests = $$"""
        {"counts":{"requests":2,"errors":1,"unauthenticated":1},"requests":[
          {"id":"{{Id}}","at":"2026-01-15T09:05:00Z","method":"GET","endpoint":"/oauth2/authorize","status":400,"error":"invalid_request","description":"Invalid redirect URI","authenticated":false,"authentication":"none","parameters":{"redirect_uri":"https://yourapp.com/<i>callback"},"withheld":["state"],"others":1,"request_id":"0HN:1","trace_id":"0af7651916cd43dd8448eb211c80319c"},
          {"id":"01890000-0000-7000-8000-000000000002","at":"2026-01-15T09:00:00Z","method":"GET","endpoint":"/api/tasks","status":200,"authenticated":true,"others":0}]}
        """;

    public static Task TasksApiAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/api/projects/progress" => JsonAsync(context, $$"""[{"project_id":"{{Id}}","open":6001,"in_progress":2,"done":2,"canceled":0}]"""),
        "/api/views" when context.Request.Method == "GET" => JsonAsync(
            context, $$"""[{"id":"{{Id}}","label":"Docs <i>first</i>","query":"q=docs&sort=title","created_at":"2026-01-15T09:00:00Z"}]"""),
        "/api/views" => JsonAsync(context, $$"""{"id":"{{Id}}","label":"Mine","query":""}"""),
        "/api/history" => JsonAsync(
            context,
            $$"""
            [{"subject":"task","id":"{{Id}}","title":"Write <b>it</b>","kind":"updated","at":"2026-01-15T09:00:00Z","via":{"kind":"application","client_id":"{{Id}}"} },
             {"subject":"task","id":"{{Id}}","kind":"deleted","at":"2026-01-15T09:00:00Z","via":{"kind":"api_key","client_id":"{{Id}}"} },
             {"subject":"project","id":"{{Id}}","title":"Website","kind":"created","at":"2026-01-15T09:00:00Z"}]
            """),
        $"/api/tasks/{Id}/changes" => JsonAsync(
            context,
            $$"""
            [{"kind":"updated","at":"2026-01-15T09:00:00Z","via":{"kind":"application","client_id":"gone"} },
             {"kind":"updated","at":"2026-01-15T09:00:00Z","via":{"kind":"website","client_id":"taskmaster-web"} },
             {"kind":"created","at":"2026-01-15T09:00:00Z","via":{"kind":"application","client_id":"{{Id}}"} }]
            """),
        $"/api/tasks/{Id}/related" => JsonAsync(
            context,
            $$"""[{"relationship_id":"{{Id}}","relationship_type":"blocks","direction":"incoming","task":{{Item}}}]"""),
        _ => AnswerAsync(context, "projects", Project, Item),
    };

    public static Task ManagementAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/audit" => JsonAsync(context, Events),
        "/sessions" => JsonAsync(context, Sessions),
        $"/clients/{Id}/requests" => JsonAsync(context, Requests),
        $"/clients/{Id}/request-counts" => JsonAsync(context, """{"requests":2,"errors":1,"unauthenticated":1}"""),
        $"/clients/{Id}/secrets" => JsonAsync(context, """{"client_secret":"new-secret"}"""),
        $"/clients/{Id}/secrets/roll" => JsonAsync(context, """{"client_secret":"rolled-secret"}"""),
        $"/clients/{Id}/consents" => JsonAsync(context, """{"people":2}"""),
        "/api-keys" when context.Request.Method == "GET" => JsonAsync(
            context,
            $$"""[{"id":"{{Id}}","name":"Backup script","hint":"new","last_four":"-key","scopes":["tasks:read"],"created_at":"2026-01-15T09:00:00Z"}]"""),
        "/api-keys" when context.Request.Method == "POST" => JsonAsync(context, """{"key":"new-key"}"""),
        _ =>
            AnswerAsync(
                context, "clients", Client,
                $$"""{"client_id":"{{Id}}","name":"Their App","scopes":["openid"],"granted_at":"2026-01-15T09:00:00Z"}"""),
    };

    public static Task AnswerAsync(HttpContext context, string first, string one, string other)
    {
        var segments = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Where(segment => segment != "api")
            .ToList();
        var body = segments[0] == first ? one : other;
        context.Response.StatusCode = context.Request.Method == "POST" ? 201 : 200;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(segments.Count == 1 && context.Request.Method == "GET" ? $"[{body}]" : body);
    }

    public static Task JsonAsync(HttpContext context, string body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }

    public static Task RefuseAsync(HttpContext context, string body)
    {
        context.Response.StatusCode = 400;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }

    public static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = 404;
        return context.Response.WriteAsync("""{"message":"Not Found"}""");
    }
}
