namespace Taskmaster.ServiceDefaults.RequestLogs;

/// <summary>Configuration section <c>RequestLog</c>; the same for all services.</summary>
public sealed record RequestLogOptions
{
    public const string Section = "RequestLog";

    /// <summary>How many parts the counts of a retention are kept in.</summary>
    internal const int Buckets = 24;

    public bool Enabled { get; init; } = true;

    /// <summary>How long a request is kept.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromHours(24);

    internal bool IsValid => Retention >= TimeSpan.FromMinutes(1) && Retention <= TimeSpan.FromDays(7);

    internal TimeSpan Bucket => Retention / Buckets;

    /// <summary>The part that a time is in, counted from 1970.</summary>
    internal long BucketAt(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / (long)Bucket.TotalMilliseconds;
}
