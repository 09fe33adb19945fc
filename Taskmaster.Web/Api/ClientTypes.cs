namespace Taskmaster.Web.Api;

/// <summary>RFC 6749 §2.1.</summary>
internal static class ClientTypes
{
    public const string Confidential = "confidential";
    public const string Public = "public";
}
