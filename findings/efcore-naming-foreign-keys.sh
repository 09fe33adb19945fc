#!/usr/bin/env bash
#
# Guess     With UseSnakeCaseNamingConvention a foreign key is named for the table that it refers to, as that table is called
#           in the end: the order in which the entities are configured does not matter.
# Seen      The name is made when the relationship is, from what the table is called by then. Where ToTable comes later, the
#           key keeps the name of the entity's class. A DbSet property gives the table its name first, so that removing the
#           property changes the name of every key that refers to it, and the model has pending changes.
# Version   EFCore.NamingConventions 10.0.1, Npgsql.EntityFrameworkCore.PostgreSQL 10.0.3.
# Source    https://github.com/efcore/EFCore.NamingConventions, EFCore.NamingConventions/Internal/NameRewritingConvention.cs:
#           ProcessForeignKeyAdded names a foreign key; ProcessEntityTypeAnnotationChanged names the keys, foreign keys and
#           indexes of the entity whose table is named, and none that refers to it. The same happens to principal keys that
#           are configured late: https://github.com/efcore/EFCore.NamingConventions/issues/148.
# Output    table named first: fk_orders_people_person_id
#           table named last: fk_orders_person_person_id
#           table named by a DbSet property: fk_orders_people_person_id
# Matters   Taskmaster's contexts know no entity, so that no folder depends on one that depends on it. Every mapping that
#           refers to another entity therefore names its foreign key (ApiKeyConfiguration.cs and its like).

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# What the tools leave behind goes with the rest.
mkdir .tmp
export TMPDIR="$work/.tmp"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

# Nothing from a folder above takes part.
echo '<Project><PropertyGroup><UseSharedCompilation>false</UseSharedCompilation></PropertyGroup></Project>' > Directory.Build.props
for name in Directory.Build.targets Directory.Packages.props; do echo '<Project />' > "$name"; done

cat > Probe.csproj <<'EOF'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="EFCore.NamingConventions" Version="10.0.1" />
    <PackageReference Include="Npgsql.EntityFrameworkCore.PostgreSQL" Version="10.0.3" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using Microsoft.EntityFrameworkCore;

Print("table named first", new NamedFirst());
Print("table named last", new NamedLast());
Print("table named by a DbSet property", new NamedByProperty());

static void Print(string how, DbContext context) =>
    Console.WriteLine($"{how}: {context.Model.FindEntityType(typeof(Order))!.GetForeignKeys().Single().GetConstraintName()}");

class Person { public Guid Id { get; set; } }

class Order { public Guid Id { get; set; } public Guid PersonId { get; set; } }

abstract class Base : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder options) =>
        options.UseNpgsql("Host=unused").UseSnakeCaseNamingConvention();

    protected static void NamePeople(ModelBuilder model) => model.Entity<Person>().ToTable("people");

    protected static void MapOrders(ModelBuilder model) =>
        model.Entity<Order>().ToTable("orders").HasOne<Person>().WithMany().HasForeignKey(order => order.PersonId);
}

class NamedFirst : Base
{
    protected override void OnModelCreating(ModelBuilder model) { NamePeople(model); MapOrders(model); }
}

class NamedLast : Base
{
    protected override void OnModelCreating(ModelBuilder model) { MapOrders(model); NamePeople(model); }
}

class NamedByProperty : Base
{
    public DbSet<Person> People => Set<Person>();

    protected override void OnModelCreating(ModelBuilder model) { MapOrders(model); NamePeople(model); }
}
EOF

dotnet run > seen.txt 2> run.log || { cat seen.txt run.log; exit 2; }
cat seen.txt

cat > expected.txt <<'EOF'
table named first: fk_orders_people_person_id
table named last: fk_orders_person_person_id
table named by a DbSet property: fk_orders_people_person_id
EOF
diff expected.txt seen.txt && echo "As recorded."
