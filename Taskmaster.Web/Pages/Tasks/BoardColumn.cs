using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Tasks;

/// <summary>The tasks of one status.</summary>
/// <param name="Status">As the API spells it.</param>
/// <param name="Tasks">The last changed first, so many as a board shows.</param>
/// <param name="HasMore">Not all are there.</param>
/// <param name="Rest">All of them, in a list.</param>
internal sealed record BoardColumn(string Status, IReadOnlyList<TaskItem> Tasks, bool HasMore, string Rest);
