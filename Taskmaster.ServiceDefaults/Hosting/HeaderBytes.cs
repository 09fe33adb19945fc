using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>
/// Header fields as they came: a value may hold any byte from 0x80 on (obs-text, RFC 9110 §5.5), and Latin-1 is the one
/// encoding that reads and writes each of them unchanged. Kestrel by itself would refuse what is not UTF-8, and write ASCII only.
/// </summary>
public static class HeaderBytes
{
    /// <summary>Applies this to the headers of requests to other services.</summary>
    public static void KeepIn(SocketsHttpHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);

        handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1;
        handler.ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1;
    }

    internal static void KeepHeaderBytes(this IServiceCollection services) => services.Configure<KestrelServerOptions>(kestrel =>
    {
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
    });
}
