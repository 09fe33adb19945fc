using System.Text.RegularExpressions;

namespace Taskmaster.Web.Pages.Docs;

/// <summary>
/// Looks through the documents section by section: all the words must be there, beginnings of words count, and a section whose
/// heading has them comes before one that only speaks of them.
/// </summary>
internal sealed partial class DocSearch(PublicDocs documents)
{
    public const int QueryMaxLength = 200;

    private const int MostHits = 20, MostWords = 8, ExcerptLength = 200;

    /// <summary>A word in a document's title, in a section's heading, in its text.</summary>
    private const int InTitle = 5, InHeading = 20, InText = 1, MostInText = 5;

    public IReadOnlyList<DocHit> Find(string query)
    {
        var words = Word().Matches(query).Select(word => word.Value).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostWords)
            .Select(word => new Regex($@"(?<!\w){Regex.Escape(word)}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant))
            .ToList();
        if (words.Count == 0)
        {
            return [];
        }

        var found =
            from document in PublicDocs.All
            let rendered = documents.Find(document.Address)!
            from section in rendered.Sections
            let score = Score(words, rendered.Title, section)
            where score > 0
            orderby score descending
            select new DocHit(
                section.Id.Length == 0 ? document.Address : $"{document.Address}#{section.Id}",
                rendered.Title,
                section.Level == 1 ? null : section.Heading,
                Excerpt(words, section.Text));
        return [.. found.Take(MostHits)];
    }

    /// <summary>Zero where a word is missing.</summary>
    private static int Score(List<Regex> words, string title, DocSection section)
    {
        var sum = 0;
        foreach (var word in words)
        {
            var score = (word.IsMatch(title) ? InTitle : 0)
                + (word.IsMatch(section.Heading) ? InHeading : 0)
                + Math.Min(word.Count(section.Text), MostInText) * InText;

            // The title alone would find every section of its document.
            if (score == 0 || (score == InTitle && section.Level > 1 && words.Count == 1))
            {
                return 0;
            }

            sum += score;
        }

        return sum;
    }

    /// <summary>From a little before the first word that is there.</summary>
    private static List<string> Excerpt(List<Regex> words, string text)
    {
        var any = new Regex(string.Join('|', words), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        var first = any.Match(text) is { Success: true, Index: > ExcerptLength / 4 and var at } ? at - (ExcerptLength / 4) : 0;
        var begin = first == 0 ? 0 : text.IndexOf(' ', first) + 1;
        var end = begin + ExcerptLength >= text.Length ? text.Length : text.LastIndexOf(' ', begin + ExcerptLength);
        var shown = (begin > 0 ? "… " : "") + text[begin..Math.Max(begin, end)] + (end < text.Length ? " …" : "");

        var pieces = new List<string>();
        var done = 0;
        foreach (var match in any.EnumerateMatches(shown))
        {
            pieces.Add(shown[done..match.Index]);
            pieces.Add(shown.Substring(match.Index, match.Length));
            done = match.Index + match.Length;
        }

        pieces.Add(shown[done..]);
        return pieces;
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
