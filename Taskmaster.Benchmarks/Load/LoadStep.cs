using System.Text;

namespace Taskmaster.Benchmarks.Load;

/// <summary>
/// One HTTP request of a flow. In head and body <c>{value}</c> stands for the flow's prepared value (a code or token) and
/// <c>{name}</c> for what an earlier step captured. The head is request line and headers without Content-Length and the
/// empty line. Captures are names, all of which must be in the answer: of a JSON body's field or of a parameter in the
/// Location header.
/// </summary>
internal sealed record LoadStep(string Head, string? Body, int ExpectedStatus, params IReadOnlyList<string> Captures)
{
    /// <summary>Nothing in it has to be filled in. A JSON body, with its braces, is looked through all the same.</summary>
    public bool IsTheSameEachTime =>
        !Head.Contains('{', StringComparison.Ordinal) && Body?.Contains('{', StringComparison.Ordinal) is not true;

    /// <summary>The request as it is sent.</summary>
    public static byte[] Compose(string head, string? body) =>
        Encoding.UTF8.GetBytes(body is null ? head + "\r\n" : $"{head}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
