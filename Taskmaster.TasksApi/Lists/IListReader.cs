using Taskmaster.TasksApi.Authentication;

namespace Taskmaster.TasksApi.Lists;

/// <summary>Reads the rows of a list that a request asks for, one more than its page has.</summary>
internal interface IListReader<in TList, TItem>
{
    Task<List<TItem>> ReadAsync(TList list, Caller caller, CancellationToken cancellationToken);
}
