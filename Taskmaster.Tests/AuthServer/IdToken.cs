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
}
