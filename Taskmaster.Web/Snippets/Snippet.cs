namespace Taskmaster.Web.Snippets;

/// <summary>
/// A program in one language that shows its reader's tasks: whole, with what it needs filled in, so that it runs as it is copied
/// and with nothing installed but the language.
/// </summary>
internal abstract class Snippet
{
    public static IReadOnlyList<Snippet> All { get; } =
    [
        new CurlSnippet(), new JavaScriptSnippet(), new PythonSnippet(), new CSharpSnippet(), new GoSnippet(), new PowerShellSnippet(),
    ];

    /// <summary>As part of an id.</summary>
    public abstract string Id { get; }

    public abstract string Language { get; }

    /// <summary>How the program is run.</summary>
    public abstract string Use { get; }

    /// <summary>The program; null where it could do nothing with this access.</summary>
    public string? Write(ApiAccess access) => CanUse(access) ? Program(access) : null;

    protected virtual bool CanUse(ApiAccess access) => access.MayRead;

    protected abstract string Program(ApiAccess access);
}
