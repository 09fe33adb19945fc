using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer.Generated;

/// <summary>
/// Reads all telemetry of a server: log lines with their values, scopes and exceptions, spans with tags and events, the
/// tags of measurements, each as it happens, and again what is exported. Keeps what has <see cref="Canary"/> in it, and
/// everything that could be a token.
/// </summary>
internal sealed partial class RecordedTelemetry : ILoggerProvider, ISupportExternalScope
{
    private readonly MeterListener _meters = new();
    private readonly ConcurrentDictionary<string, string> _tokens = new();
    private readonly ConcurrentQueue<string> _leaks = [];
    private readonly ConcurrentDictionary<string, bool> _sources = new();
    private readonly string[] _needles;
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();
    private int _lines;
    private int _spans;
    private int _measurements;
    private int _exports;

    public RecordedTelemetry()
    {
        _needles = SecretText.Disguises(Canary);
        _meters.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Measured(instrument, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Measured(instrument, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Measured(instrument, tags));
        _meters.Start();
    }

    /// <summary>Is part of everything secret that a test sends.</summary>
    public string Canary { get; } = $"canary{Guid.CreateVersion7():N}";

    public IReadOnlyCollection<string> Leaks => _leaks;

    public (int Lines, int Spans, int Measurements, int Exports) Read => (_lines, _spans, _measurements, _exports);

    /// <summary>Which sources of spans and which instruments of ours were read.</summary>
    public IEnumerable<string> Sources => _sources.Keys;

    public void Observe(IServiceCollection services)
    {
        services.AddSingleton<ILoggerProvider>(this);
        services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(new SpanReader(this)));
    }

    public void ReadExport(string export)
    {
        Interlocked.Increment(ref _exports);
        Check(export);
    }

    /// <summary>Where <paramref name="issued"/>, which the server made, was read.</summary>
    public string? Find(string issued) => _tokens.GetValueOrDefault(issued);

    public ILogger CreateLogger(string categoryName) => new LineReader(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose() => _meters.Dispose();

    private void Check(string text)
    {
        if (_needles.Any(needle => text.Contains(needle, StringComparison.OrdinalIgnoreCase)))
        {
            _leaks.Enqueue(text);
        }

        foreach (var match in TokenLike().EnumerateMatches(text))
        {
            _tokens.TryAdd(text.Substring(match.Index, match.Length), text);
        }
    }

    private void Measured(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Interlocked.Increment(ref _measurements);
        _sources.TryAdd(instrument.Name, true);
        foreach (var (name, value) in tags)
        {
            if (value is string text)
            {
                Check($"{instrument.Name} {name}={text}");
            }
        }
    }

    // Tokens, codes and secrets; and what a person types at a device.
    [GeneratedRegex("[A-Za-z0-9_-]{40,}|[A-Z]{4}-[A-Z]{4}")]
    private static partial Regex TokenLike();

    private sealed class LineReader(RecordedTelemetry read, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => read._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Interlocked.Increment(ref read._lines);
            var line = new StringBuilder($"{logLevel} {category}: {formatter(state, exception)} {exception}");
            Append(line, state);
            read._scopes.ForEachScope((scope, into) => Append(into, scope), line);
            read.Check(line.ToString());
        }

        private static void Append(StringBuilder line, object? state)
        {
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
            {
                line.AppendJoin(' ', values.Select(value => $" {value.Key}={value.Value}"));
            }
            else
            {
                line.Append(' ').Append(state);
            }
        }
    }

    private sealed class SpanReader(RecordedTelemetry read) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            Interlocked.Increment(ref read._spans);
            read._sources.TryAdd(data.Source.Name, true);
            var span = new StringBuilder($"{data.DisplayName} {data.StatusDescription} {data.TraceStateString}");
            span.AppendJoin(' ', data.TagObjects.Select(tag => $" {tag.Key}={tag.Value}"));
            foreach (var happened in data.Events)
            {
                span.Append(' ').Append(happened.Name).AppendJoin(' ', happened.Tags.Select(tag => $" {tag.Key}={tag.Value}"));
            }

            read.Check(span.ToString());
        }
    }
}
