using Garnet;

// The one argument is a file with Garnet's, a line each: the password among them is not for a command line.
using var server = new GarnetServer(await File.ReadAllLinesAsync(args[0]));
server.Start();

using var stop = new ManualResetEventSlim();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Set();
};
AppDomain.CurrentDomain.ProcessExit += (_, _) => stop.Set();
stop.Wait();
