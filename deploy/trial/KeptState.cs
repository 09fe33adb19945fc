using System.Text.Json;

namespace Taskmaster.Trial;

/// <summary>What must be there after a restart, kept in a file.</summary>
internal sealed record KeptState(
    string ClientId, string ClientSecret, string AccessToken, string RefreshToken, string RevokedToken, string Title)
{
    public async Task WriteAsync(string file)
    {
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, this);
    }

    public static async Task<KeptState> ReadAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        return await JsonSerializer.DeserializeAsync<KeptState>(stream) ?? throw new TrialException($"{file} is empty.");
    }
}
