using Taskmaster.TokenStore.Format;

namespace Taskmaster.TokenStore.OpenIddict;

/// <summary>The members that need an index of tokens, which this store lacks. OpenIddict's server and validation call none.</summary>
internal sealed partial class RedisTokenStore
{
    private const string NoIndex = "Tokens in Redis are found by reference and by id; they are not listed, counted or queried.";

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) => throw new NotSupportedException(NoIndex);

    public ValueTask<long> CountAsync<TResult>(
        Func<IQueryable<RedisToken>, IQueryable<TResult>> query, CancellationToken cancellationToken) =>
        throw new NotSupportedException(NoIndex);

    public IAsyncEnumerable<RedisToken> FindAsync(
        string? subject, string? client, string? status, string? type, CancellationToken cancellationToken) =>
        throw new NotSupportedException(NoIndex);

    public IAsyncEnumerable<RedisToken> FindByApplicationIdAsync(string identifier, CancellationToken cancellationToken) =>
        throw new NotSupportedException(NoIndex);

    public IAsyncEnumerable<RedisToken> FindByAuthorizationIdAsync(string identifier, CancellationToken cancellationToken) =>
        throw new NotSupportedException(NoIndex);

    public IAsyncEnumerable<RedisToken> FindBySubjectAsync(string subject, CancellationToken cancellationToken) =>
        throw new NotSupportedException(NoIndex);

    public ValueTask<TResult?> GetAsync<TState, TResult>(
        Func<IQueryable<RedisToken>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) =>
        throw new NotSupportedException(NoIndex);

    public IAsyncEnumerable<RedisToken> ListAsync(int? count, int? offset, CancellationToken cancellationToken) =>
        throw new NotSupportedException(NoIndex);

    public IAsyncEnumerable<TResult> ListAsync<TState, TResult>(
        Func<IQueryable<RedisToken>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) =>
        throw new NotSupportedException(NoIndex);
}
