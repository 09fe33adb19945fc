using Markdig.Syntax;

namespace Taskmaster.Web.Pages.Docs;

/// <summary>
/// The same program in several languages: code blocks that follow each other, each in another of <see cref="Languages"/>.
/// In the file they stand one below the other.
/// </summary>
internal sealed class CodeTabs() : ContainerBlock(null)
{
    /// <summary>By what stands behind the fence. Not among them is what a program answers, JSON say.</summary>
    public static IReadOnlyDictionary<string, string> Languages { get; } = new Dictionary<string, string>
    {
        ["bash"] = "curl",
        ["javascript"] = "JavaScript",
        ["python"] = "Python",
        ["csharp"] = "C#",
        ["go"] = "Go",
        ["powershell"] = "PowerShell",
    };

    public static string? LanguageOf(Block block) =>
        block is FencedCodeBlock { Info: { } info } && Languages.ContainsKey(info) ? info : null;

    /// <summary>Puts what belongs together into tabs.</summary>
    public static void Gather(ContainerBlock document)
    {
        for (var first = 0; first < document.Count; first++)
        {
            var languages = document.Skip(first).Select(LanguageOf).TakeWhile(language => language is not null).ToList();
            if (languages.Count < 2 || languages.Distinct().Count() < languages.Count)
            {
                continue;
            }

            var tabs = new CodeTabs();
            foreach (var _ in languages)
            {
                var block = document[first];
                document.RemoveAt(first);
                tabs.Add(block);
            }

            document.Insert(first, tabs);
        }
    }
}
