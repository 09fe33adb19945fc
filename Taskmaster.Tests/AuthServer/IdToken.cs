using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Taskmaster.Tests.AuthServer;

/// <summary>An id_token taken apart, without any library's opinion of it.</summary>
internal sealed record IdToken(JsonObject Header, JsonObject Claims, byte[] Signed, byte[] Signature)
{
    public static IdToken Read(string jwt)
    {
        var parts = jwt.Split('.');
        return new IdToken(
            JsonNode.Parse(Base64UrlEncoder.Decode(parts[0]))!.AsObject(),
            JsonNode.Parse(Base64UrlEncoder.Decode(parts[1]))!.AsObject(),
            System.Text.Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            Base64UrlEncoder.DecodeBytes(parts[2]));
    }

    /// <summary>
    /// Header and claims; the hash of the access token it was issued with is there and is left out, as it differs each time.
    /// </summary>
    public string Said()
    {
        var claims = Claims.DeepClone().AsObject();
        Assert.True(claims.Remove("at_hash", out var hash));
        Assert.Equal(22, ((string)hash!).Length);
        return $"{Header}{string.Join('\n', claims.Select(claim => $"{claim.Key} {claim.Value?.ToJsonString()}").Order(StringComparer.Ordinal))}";
    }
}
