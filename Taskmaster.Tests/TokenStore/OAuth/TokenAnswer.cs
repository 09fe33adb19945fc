using System.Net;
using System.Text.Json;

namespace Taskmaster.Tests.TokenStore.OAuth;

/// <summary>What an endpoint said.</summary>
public sealed record TokenAnswer(HttpStatusCode Status, JsonElement Body)
{
    public string AccessToken => Text("access_token");

    public string RefreshToken => Text("refresh_token");

    public string Error => Text("error");

    public string ErrorDescription => Text("error_description");

    public bool IsActive => Body.GetProperty("active").GetBoolean();

    public static async Task<TokenAnswer> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return new(answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(text.Length == 0 ? "{}" : text));
    }

    public string Text(string name) => Body.GetProperty(name).GetString()!;
}
