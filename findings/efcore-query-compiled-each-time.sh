#!/usr/bin/env bash
#
# Guess     A query of one shape is compiled once and found in Entity Framework's cache from then on: its text is the same each
#           time, and an empty list that it makes in its projection is part of that text.
# Seen      So it is where the list has the type of the column beside it. Where the column is an IReadOnlyList<string>, and C# puts
#           a conversion around the new list, the query is compiled each time it runs, and each time is one more entry in the
#           cache: the list was made before the look-up, and no two lists are equal. Nothing is logged above Debug.
# Version   Microsoft.EntityFrameworkCore.Sqlite 10.0.15; the same with Npgsql.EntityFrameworkCore.PostgreSQL 10.0.3.
# Source    https://github.com/dotnet/efcore, src/EFCore/Query/Internal/ExpressionTreeFuncletizer.cs evaluates what needs no row and
#           leaves a constant in a projection; ExpressionEqualityComparer.cs compares constants by their values.
# Output    List<string>: compiled 1 times in 5
#           IReadOnlyList<string>: compiled 5 times in 5
#           IReadOnlyList<string>, null in place of the list: compiled 1 times in 5
# Matters   The query of every authorization request was such a one where AuthServer's fast way is left out: 8 ms of CPU each
#           (Consents/ValidSessions.cs; AuthServer/ValidSessionsTests counts what is compiled).

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
    <PackageReference Include="Microsoft.EntityFrameworkCore.Sqlite" Version="10.0.15" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

using var connection = new SqliteConnection("Data Source=:memory:");
connection.Open();
using (var shop = new Shop(connection, () => { }))
{
    shop.Database.EnsureCreated();
    shop.Add(new Order());
    shop.SaveChanges();
}

Count("List<string>", shop =>
    (from order in shop.Set<Order>()
     let label = shop.Set<Label>().SingleOrDefault(label => label.OrderId == order.Id)
     select new { order.Id, Words = label == null ? new List<string>() : label.Words }).Single());

Count("IReadOnlyList<string>", shop =>
    (from order in shop.Set<Order>()
     let note = shop.Set<Note>().SingleOrDefault(note => note.OrderId == order.Id)
     select new { order.Id, Words = note == null ? new List<string>() : note.Words }).Single());

Count("IReadOnlyList<string>, null in place of the list", shop =>
    (from order in shop.Set<Order>()
     let note = shop.Set<Note>().SingleOrDefault(note => note.OrderId == order.Id)
     select new { order.Id, Words = note == null ? null : note.Words }).Single());

void Count(string what, Func<Shop, object> query)
{
    var compiled = 0;
    for (var time = 0; time < 5; time++)
    {
        using var shop = new Shop(connection, () => compiled++);
        query(shop);
    }

    Console.WriteLine($"{what}: compiled {compiled} times in 5");
}

class Order { public int Id { get; set; } }

class Label { public int Id { get; set; } public int OrderId { get; set; } public List<string> Words { get; set; } = []; }

class Note { public int Id { get; set; } public int OrderId { get; set; } public IReadOnlyList<string> Words { get; set; } = []; }

class Shop(SqliteConnection connection, Action compiled) : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(connection)
        .LogTo((id, _) => id == CoreEventId.QueryExecutionPlanned, _ => compiled());

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Order>();
        model.Entity<Label>();
        model.Entity<Note>();
    }
}
EOF

seen=$(dotnet run)
echo "$seen"

expected='List<string>: compiled 1 times in 5
IReadOnlyList<string>: compiled 5 times in 5
IReadOnlyList<string>, null in place of the list: compiled 1 times in 5'
if [ "$seen" != "$expected" ]; then
  echo "Entity Framework does something else by now." >&2
  exit 1
fi
