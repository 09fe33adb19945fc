using NpgsqlTypes;

namespace Taskmaster.TasksApi.Search;

/// <summary>A row that is found by the words of its texts. Whoever changes a text changes <see cref="Search"/>.</summary>
internal interface ISearchable
{
    Guid Id { get; }

    /// <summary>The words, as <see cref="SearchWords"/> has them.</summary>
    NpgsqlTsVector? Search { get; }
}
