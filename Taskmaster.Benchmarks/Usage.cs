namespace Taskmaster.Benchmarks;

internal static class Usage
{
    public static int Show()
    {
        Console.Error.WriteLine("""
            dotnet run -c Release --project Taskmaster.Benchmarks               everything, about half an hour
            dotnet run -c Release --project Taskmaster.Benchmarks -- --short    the floor and Taskmaster only, about three minutes
            dotnet run -c Release --project Taskmaster.Benchmarks -- --tasks    the API's tasks against the same by hand, about eight minutes
            dotnet run -c Release --project Taskmaster.Benchmarks -- --counts   round trips and SQL of each flow only, as JSON
            dotnet run -c Release --project Taskmaster.Benchmarks -- --ladder   tasks created by 16 to 1,000 connections, two minutes
            """);
        return 2;
    }
}
