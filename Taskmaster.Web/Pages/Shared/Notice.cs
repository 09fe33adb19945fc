namespace Taskmaster.Web.Pages.Shared;

/// <summary>What was done, and what the user may do about it at once: take it back, say.</summary>
internal sealed record Notice(string Text, NoticeAction? Action = null);
