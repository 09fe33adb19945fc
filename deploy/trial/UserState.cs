namespace Taskmaster.Trial;

/// <summary>A user and an application of theirs, with one of everything that they have at a moment.</summary>
internal sealed record UserState(
    Visitor Browser, OAuthClient Client, string OwnToken, string AccessToken, string RefreshToken, string IdToken, string Code,
    string CodeVerifier, string Title)
{
    public static Task<UserState> MakeAsync(Flows flows, string title) => Flows.UnlessUnavailableAsync(async () =>
    {
        var (browser, client) = await flows.RegisterAsync();
        var own = (await client.ClientCredentialsAsync()).Is(200)["access_token"];
        _ = (await client.TasksAsync(own, newTitle: title)).Is(201);
        return await SignInAsync(new(browser, client, own, "", "", "", "", "", title), await Flows.AuthorizeAsync(browser, client));
    });

    /// <summary>Everything is good: uses the code and the refresh token, and has new ones afterwards.</summary>
    public async Task<UserState> GoesOnAsync(HttpClient http, Uri origin)
    {
        await Browser.OpenAsync("/developer");
        Expect(Browser.Location.AbsolutePath == "/developer", "the browser's session goes on");
        foreach (var token in (string[])[OwnToken, AccessToken])
        {
            Expect((await Client.TasksAsync(token)).Is(200).Body.Contains(Title, StringComparison.Ordinal), "the task is there");
        }

        Expect(await IdTokens.VerifiesAsync(http, origin, IdToken), "the id_token verifies");
        _ = (await Client.RefreshAsync(RefreshToken)).Is(200);
        var signedIn = await SignInAsync(this, (Code, CodeVerifier));
        Expect(await IdTokens.VerifiesAsync(http, origin, signedIn.IdToken), "the new id_token verifies");
        Expect(IdTokens.SubjectOf(signedIn.IdToken) == IdTokens.SubjectOf(IdToken), "the user is the same");
        return signedIn with { OwnToken = (await Client.ClientCredentialsAsync()).Is(200)["access_token"] };
    }

    /// <summary>What only Redis had is refused as unknown: whoever had it signs in again.</summary>
    public async Task IsForgottenAsync()
    {
        foreach (var token in (string[])[OwnToken, AccessToken])
        {
            _ = (await Client.TasksAsync(token)).Is(401);
        }

        foreach (var answer in (Answer[])[await Client.RefreshAsync(RefreshToken), await Client.RedeemAsync(Code, CodeVerifier)])
        {
            Expect(answer.Is(400)["error"] == "invalid_grant", "what is forgotten is an invalid grant");
        }
    }

    /// <summary>The client itself is not known any more, and none of its tokens.</summary>
    public async Task IsUnknownAsync()
    {
        Expect((await Client.ClientCredentialsAsync()).Is(401)["error"] == "invalid_client", "the client is unknown");
        _ = (await Client.TasksAsync(OwnToken)).Is(401);
        _ = (await Client.TasksAsync(AccessToken)).Is(401);
    }

    /// <summary>Redeems a code, and has the next one, for which the user is not asked again.</summary>
    private static async Task<UserState> SignInAsync(UserState state, (string Code, string Verifier) authorized)
    {
        var tokens = (await state.Client.RedeemAsync(authorized.Code, authorized.Verifier)).Is(200);
        _ = (await state.Client.TasksAsync(tokens["access_token"])).Is(200);
        var (code, verifier) = await Flows.AuthorizeUnaskedAsync(state.Browser, state.Client);
        return state with
        {
            AccessToken = tokens["access_token"],
            RefreshToken = tokens["refresh_token"],
            IdToken = tokens["id_token"],
            Code = code,
            CodeVerifier = verifier,
        };
    }

    private static void Expect(bool isSo, string what)
    {
        if (!isSo)
        {
            throw new TrialException($"It does not hold that {what}.");
        }
    }
}
