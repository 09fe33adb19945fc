namespace Taskmaster.AuthServer.Device;

internal static class DeviceExtensions
{
    /// <summary>
    /// What OpenIddict leaves to us of the device authorization grant (RFC 8628): codes that people can type, the pace of polling, and how
    /// often a code may be guessed.
    /// </summary>
    public static void AddDeviceAuthorization(this OpenIddictServerBuilder server)
    {
        server.Services.AddSingleton<PollingPace>();
        server.Services.AddSingleton<VerificationAttempts>();
        server.Services.AddScoped<DeviceDecisions>();

        server.Configure(options =>
        {
            options.UserCodeCharset.Clear();
            options.UserCodeCharset.UnionWith(UserCodes.Alphabet.Select(letter => letter.ToString()));
            options.UserCodeLength = UserCodes.Length;
        });
    }
}
