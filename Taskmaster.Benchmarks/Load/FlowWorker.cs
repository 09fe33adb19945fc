using System.Text.RegularExpressions;

namespace Taskmaster.Benchmarks.Load;

/// <summary>One connection that repeats the job's flow.</summary>
internal sealed class FlowWorker(LoadJob job) : IDisposable
{
    private readonly HttpConnection _connection = new(job.Port, job.Certificate);
    private readonly Dictionary<string, string> _captured = new(StringComparer.Ordinal);
    private readonly byte[]?[] _constant =
        [.. job.Steps.Select(step => step.IsTheSameEachTime ? LoadStep.Compose(step.Head, step.Body) : null)];

    public int Flows { get; private set; }

    public int Failures { get; private set; }

    public string? FirstFailure { get; private set; }

    public Dictionary<string, List<string>> Kept { get; } =
        job.Keep.ToDictionary(name => name, _ => new List<string>(), StringComparer.Ordinal);

    public void Run(FlowQueue queue)
    {
        while (queue.TryTake(out var value))
        {
            Run(value);
        }
    }

    public void Run(string value)
    {
        _captured["value"] = value;
        if (RunFlow())
        {
            Flows++;
            foreach (var (name, values) in Kept)
            {
                values.Add(_captured[name]);
            }
        }
        else
        {
            Failures++;
        }
    }

    public void Dispose() => _connection.Dispose();

    private bool RunFlow()
    {
        for (var index = 0; index < job.Steps.Count; index++)
        {
            var step = job.Steps[index];
            var request = _constant[index] ?? LoadStep.Compose(Fill(step.Head), step.Body is null ? null : Fill(step.Body));
            var status = _connection.Send(request);
            if (status != step.ExpectedStatus || !step.Captures.All(Capture))
            {
                FirstFailure ??= _connection.AnswerText();
                return false;
            }
        }

        return true;
    }

    private bool Capture(string name)
    {
        var pattern = $"""(?:"{name}"\s*:\s*"|[?&]{name}=)([^"&\s]+)""";
        var match = Regex.Match(_connection.AnswerText(), pattern, RegexOptions.CultureInvariant);
        _captured[name] = match.Groups[1].Value;
        return match.Success;
    }

    private string Fill(string template) =>
        _captured.Aggregate(template, (text, pair) => text.Replace("{" + pair.Key + "}", pair.Value, StringComparison.Ordinal));
}
