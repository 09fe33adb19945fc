using NpgsqlTypes;

namespace Taskmaster.TasksApi.Search;

/// <summary>
/// What <c>q</c> asks for: all of its terms, or all of those on one side of an <c>OR</c>. A term is a word, several that
/// must follow each other (because they are quoted, or joined as in node.js), or either with a <c>-</c> before it: not
/// that. Nothing is an error: what is no word is left out, and a query without words finds nothing.
/// </summary>
internal static class SearchQuery
{
    private const char Quote = '"';
    private const char Without = '-';
    private const string Or = "or";

    /// <summary>A space is in no word. (Entity Framework takes no <see cref="NpgsqlTsQueryEmpty"/>.)</summary>
    private static readonly NpgsqlTsQuery Nothing = new NpgsqlTsQueryLexeme(" ");

    public static NpgsqlTsQuery Of(string text)
    {
        NpgsqlTsQuery? alternatives = null;
        NpgsqlTsQuery? terms = null;
        Term? or = null;
        foreach (var term in Terms(text))
        {
            if (terms is not null && or is null && term.IsOr)
            {
                or = term;
                continue;
            }

            if (QueryOf(term) is not { } query)
            {
                continue;
            }

            if (or is not null)
            {
                (alternatives, terms, or) = (Either(alternatives, terms!), null, null);
            }

            terms = Both(terms, query);
        }

        // With nothing behind it, it is a word like any other.
        if (or is not null)
        {
            terms = Both(terms, QueryOf(or)!);
        }

        return terms is null ? Nothing : Either(alternatives, terms);
    }

    private static IEnumerable<Term> Terms(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            // Exactly one: of --force the word is looked for.
            var isUnwanted = text[at] == Without && at + 1 < text.Length && text[at + 1] != Without && !char.IsWhiteSpace(text[at + 1]);
            if (isUnwanted)
            {
                at++;
            }

            var isQuoted = text[at] == Quote;
            var start = isQuoted ? at + 1 : at;
            var end = start;
            while (end < text.Length && text[end] != Quote && (isQuoted || !char.IsWhiteSpace(text[end])))
            {
                end++;
            }

            yield return new(text[start..end], isUnwanted, isQuoted);
            at = isQuoted ? end + 1 : end;
        }
    }

    /// <summary>Null when it has no word.</summary>
    private static NpgsqlTsQuery? QueryOf(Term term)
    {
        var query = SearchWords.Of(term.Text).Aggregate(
            (NpgsqlTsQuery?)null, (before, word) => Followed(before, new NpgsqlTsQueryLexeme(word)));
        return query is not null && term.IsUnwanted ? new NpgsqlTsQueryNot(query) : query;
    }

    private static NpgsqlTsQuery Followed(NpgsqlTsQuery? before, NpgsqlTsQuery by) =>
        before is null ? by : new NpgsqlTsQueryFollowedBy(before, 1, by);

    private static NpgsqlTsQuery Both(NpgsqlTsQuery? one, NpgsqlTsQuery other) => one is null ? other : new NpgsqlTsQueryAnd(one, other);

    private static NpgsqlTsQuery Either(NpgsqlTsQuery? one, NpgsqlTsQuery other) => one is null ? other : new NpgsqlTsQueryOr(one, other);

    private sealed record Term(string Text, bool IsUnwanted, bool IsQuoted)
    {
        public bool IsOr => !IsQuoted && !IsUnwanted && Text.Equals(Or, StringComparison.OrdinalIgnoreCase);
    }
}
