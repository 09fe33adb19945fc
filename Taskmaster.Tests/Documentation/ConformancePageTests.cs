using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Documentation;

/// <summary>What <c>docs/conformance.md</c> claims is shown by a test that exists, and nothing is left out of it.</summary>
public sealed class ConformancePageTests
{
    private static readonly string[] Statuses = ["met", "partly", "not met", "does not apply"];

    /// <summary>The modules of the Basic OP, Config OP and RP-initiated logout plans of the OpenID Foundation's suite.</summary>
    private static readonly string[] Modules =
    [
        "oidcc-server", "oidcc-response-type-missing", "oidcc-idtoken-signature", "oidcc-idtoken-unsigned", "oidcc-userinfo-get",
        "oidcc-userinfo-post-header",
        "oidcc-userinfo-post-body", "oidcc-ensure-request-without-nonce-succeeds-for-code-flow", "oidcc-scope-profile",
        "oidcc-scope-email", "oidcc-scope-address",
        "oidcc-scope-phone", "oidcc-scope-all", "oidcc-alternate-happy-flow", "oidcc-display-page", "oidcc-display-popup",
        "oidcc-prompt-login",
        "oidcc-prompt-none-not-logged-in", "oidcc-prompt-none-logged-in", "oidcc-max-age-1", "oidcc-max-age-10000",
        "oidcc-ensure-request-with-unknown-parameter-succeeds", "oidcc-id-token-hint", "oidcc-login-hint", "oidcc-ui-locales",
        "oidcc-claims-locales",
        "oidcc-ensure-request-with-acr-values-succeeds", "oidcc-codereuse", "oidcc-codereuse-30seconds",
        "oidcc-ensure-registered-redirect-uri",
        "oidcc-ensure-post-request-succeeds", "oidcc-server-client-secret-post",
        "oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported",
        "oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported", "oidcc-claims-essential",
        "oidcc-ensure-request-object-with-redirect-uri",
        "oidcc-refresh-token", "oidcc-ensure-request-with-valid-pkce-succeeds",
        "oidcc-discovery-endpoint-verification",
        "oidcc-rp-initiated-logout-discovery-endpoint-verification", "oidcc-rp-initiated-logout",
        "oidcc-rp-initiated-logout-bad-post-logout-redirect-uri",
        "oidcc-rp-initiated-logout-modified-id-token-hint", "oidcc-rp-initiated-logout-no-id-token-hint",
        "oidcc-rp-initiated-logout-no-params",
        "oidcc-rp-initiated-logout-no-post-logout-redirect-uri", "oidcc-rp-initiated-logout-no-state",
        "oidcc-rp-initiated-logout-only-state",
        "oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri", "oidcc-rp-initiated-logout-bad-id-token-hint",
    ];

    private static readonly IReadOnlyList<string[]> Rows = [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "conformance.md"))
        .Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1])];

    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        var named = Rows.SelectMany(row => NamedTest.In(row[^1])).Distinct().ToList();

        Assert.True(named.Count > 60);
        Assert.All(named, test => Assert.True(test.Find() is not null, $"There is no test {test.Class}.{test.Method}."));
    }

    [Fact]
    public void Every_line_says_where_we_stand_and_what_is_met_names_its_test()
    {
        var lines = Rows.Where(row => row.Length == 4 && row[2] != "stand").ToList();

        Assert.True(lines.Count > 80);
        foreach (var line in lines)
        {
            var status = Assert.Single(
                Statuses, status => line[2] == status || line[2].StartsWith(status + ":", StringComparison.Ordinal));
            Assert.True(status is not ("met" or "partly")
                || NamedTest.In(line[3]).Count > 0
                || line[3].StartsWith("no test: ", StringComparison.Ordinal), $"{line[0]} names no test.");
        }
    }

    [Fact]
    public void No_requirement_of_ASVS_V10_is_left_out()
    {
        var perSection = new[] { 2, 3, 5, 16, 5, 2, 3 };
        var expected = perSection.SelectMany(
            (count, section) => Enumerable.Range(1, count).Select(number => $"V10.{section + 1}.{number}"));

        Assert.Equal(expected, Rows.Select(row => row[0].Split(' ')[0]).Where(id => id.StartsWith("V10.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_module_of_the_three_plans_is_in_the_page_and_its_tests_have_its_name()
    {
        Assert.Equal(50, Modules.Length);
        var listed = Rows.Where(row => row[0].StartsWith("`oidcc-", StringComparison.Ordinal)).ToDictionary(
            row => row[0].Trim('`'), row => row[^1], StringComparer.Ordinal);

        Assert.Equal(Modules.Order(StringComparer.Ordinal), listed.Keys.Order(StringComparer.Ordinal));
        foreach (var (module, shown) in listed.Where(entry => !entry.Value.StartsWith("does not apply", StringComparison.Ordinal)))
        {
            var tests = NamedTest.In(shown);
            Assert.True(tests.Count > 0, $"{module} names no test.");
            var traits = tests[0].Find()!.GetCustomAttributesData()
                .Where(attribute => attribute.AttributeType == typeof(TraitAttribute))
                .Select(attribute =>
                    (Name: (string?)attribute.ConstructorArguments[0].Value, Value: (string?)attribute.ConstructorArguments[1].Value));
            Assert.Contains(("Module", module), traits);
        }
    }
}
