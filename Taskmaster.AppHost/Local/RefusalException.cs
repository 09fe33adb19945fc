namespace Taskmaster.AppHost.Local;

/// <summary>Why this AppHost does not start, in one sentence that names the remedy. It is shown without a stack trace.</summary>
internal sealed class RefusalException : DistributedApplicationException
{
    public RefusalException()
    {
    }

    public RefusalException(string message) : base(message)
    {
    }

    public RefusalException(string message, Exception inner) : base(message, inner)
    {
    }
}
