namespace Aspire.Hosting.ApplicationModel;

internal static class DataVolumes
{
    /// <summary>A store's data is in the data folder under the store's name; nothing else is needed so far.</summary>
    public static void RequireDefault(string? name, bool isReadOnly)
    {
        if (name is not null || isReadOnly)
        {
            throw new NotSupportedException("The local host knows no named and no read-only data volumes.");
        }
    }
}
