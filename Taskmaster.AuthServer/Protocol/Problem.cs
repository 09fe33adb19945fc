namespace Taskmaster.AuthServer.Protocol;

/// <summary>An error of the management API.</summary>
internal sealed record Problem(string Message)
{
    public static readonly Problem NotFound = new("Not Found");
}
