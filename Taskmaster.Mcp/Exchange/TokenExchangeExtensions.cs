using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Mcp.Exchange;

internal static class TokenExchangeExtensions
{
    /// <summary>Calls of the Tasks API with a token for it, which AuthServer gives for the caller's own (RFC 8693).</summary>
    public static void AddTokenExchange(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddMemoryCache(options => options.SizeLimit = ExchangedTokens.MaximumCount);
        builder.Services.AddSingleton(McpClientSecret.Read(builder.Configuration));
        builder.Services.AddSingleton<ExchangedTokens>();
        builder.Services.AddTransient<ExchangedTokenHandler>();
        builder.Services.AddHttpClient(ExchangedTokens.ClientName, client => client.BaseAddress = new($"http://{ResourceNames.AuthServer}"));
        builder.Services.WaitBrieflyForServices();
    }
}
