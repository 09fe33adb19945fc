namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is only known once the application starts.</summary>
public interface IValueProvider
{
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
}
