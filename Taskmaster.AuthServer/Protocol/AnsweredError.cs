namespace Taskmaster.AuthServer.Protocol;

/// <summary>Remembers the error that a request was answered with outside of OpenIddict's pipeline, for the request log.</summary>
internal static class AnsweredError
{
    public static void SetAnsweredError(this HttpContext context, ProtocolError error) => context.Items[typeof(AnsweredError)] = error;

    public static ProtocolError? GetAnsweredError(this HttpContext context) => context.Items[typeof(AnsweredError)] as ProtocolError;
}
