namespace Aspire.Hosting.ApplicationModel;

/// <summary>What waiting does when the awaited resource ends or fails.</summary>
public enum WaitBehavior
{
    WaitOnResourceUnavailable,
    StopOnResourceUnavailable,
}
