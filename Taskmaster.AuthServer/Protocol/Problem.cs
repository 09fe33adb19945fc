namespace Taskmaster.AuthServer.Protocol;

/// <summary>An error of the management API.</summary>
internal sealed record Problem(string Message)
{
    public static readonly Problem NotFound = new("Not Found");
    public static readonly Problem Overtaken = new("Other requests changed it at the same time: try again");
}
