using Microsoft.EntityFrameworkCore;

namespace Taskmaster.Benchmarks.Hosts.Stock;

/// <summary>OpenIddict's own entities and nothing else.</summary>
internal sealed class StockDbContext(DbContextOptions<StockDbContext> options) : DbContext(options);
