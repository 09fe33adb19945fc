using Microsoft.EntityFrameworkCore;

namespace Taskmaster.Tests.TokenStore.OAuth;

/// <summary>OpenIddict's own store of clients, in memory: the token store under test is added beside it.</summary>
public sealed class ClientsDbContext(DbContextOptions<ClientsDbContext> options) : DbContext(options);
