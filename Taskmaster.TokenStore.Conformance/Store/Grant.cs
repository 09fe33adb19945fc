namespace Taskmaster.TokenStore.Conformance.Store;

/// <summary>One sign-in of a user with a client.</summary>
internal sealed record Grant(string Id, string Subject, string Client)
{
    /// <summary>A grant that no other test has, of a user and a client that no other test has.</summary>
    public static Grant New() => new(NewId(), NewId(), NewId());

    /// <summary>Another sign-in of the same user with the same client.</summary>
    public Grant Another() => this with { Id = NewId() };

    private static string NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
}
