using System.Text.Json.Nodes;

namespace Taskmaster.Trial;

/// <summary>What a request was answered.</summary>
internal sealed record Answer(string Request, int Status, string Body, bool SaysWhenToComeAgain = false)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string this[string member] =>
        (string?)Json[member] ?? throw new TrialException($"{Request} was answered without '{member}':\n{Body}");

    /// <summary>This answer, if it has that status.</summary>
    public Answer Is(int status) => Status == status
        ? this
        : throw new TrialException($"{Request} answered {Status}, not {status}:\n{Body}");
}
