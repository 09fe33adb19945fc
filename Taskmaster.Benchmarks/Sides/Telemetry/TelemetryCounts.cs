namespace Taskmaster.Benchmarks.Sides.Telemetry;

/// <summary>
/// Counts exports, their bytes, and the spans in them, so that the report can say how much of what a request makes arrived: an
/// exporter whose queue is full drops spans.
/// </summary>
internal sealed class TelemetryCounts
{
    // ExportTraceServiceRequest.resource_spans is field 1, ResourceSpans.scope_spans 2, ScopeSpans.spans 2.
    private static readonly int[] PathToSpans = [1, 2, 2];

    private long _exports;
    private long _bytes;
    private long _spans;

    public TelemetryTotal Total => new(Interlocked.Read(ref _exports), Interlocked.Read(ref _bytes), Interlocked.Read(ref _spans));

    public void Add(string signal, ReadOnlySpan<byte> export)
    {
        Interlocked.Increment(ref _exports);
        Interlocked.Add(ref _bytes, export.Length);
        if (signal == "traces")
        {
            Interlocked.Add(ref _spans, Count(export, PathToSpans));
        }
    }

    /// <summary>How many messages there are at the end of a path of fields, of a message in protobuf's format.</summary>
    private static long Count(ReadOnlySpan<byte> message, ReadOnlySpan<int> path)
    {
        const int varint = 0, eightBytes = 1, lengthDelimited = 2, fourBytes = 5;
        var count = 0L;
        while (!message.IsEmpty)
        {
            var tag = ReadNumber(ref message);
            switch (tag & 7)
            {
                case varint:
                    _ = ReadNumber(ref message);
                    break;
                case eightBytes:
                    message = message[8..];
                    break;
                case fourBytes:
                    message = message[4..];
                    break;
                case lengthDelimited:
                    var length = (int)ReadNumber(ref message);
                    if (tag >> 3 == path[0])
                    {
                        count += path.Length == 1 ? 1 : Count(message[..length], path[1..]);
                    }

                    message = message[length..];
                    break;
                default:
                    throw new FormatException("Not a message of protobuf.");
            }
        }

        return count;
    }

    private static long ReadNumber(ref ReadOnlySpan<byte> message)
    {
        var (number, shift) = (0L, 0);
        byte next;
        do
        {
            next = message[0];
            message = message[1..];
            number |= (next & 0x7FL) << shift;
            shift += 7;
        }
        while ((next & 0x80) != 0);

        return number;
    }
}
