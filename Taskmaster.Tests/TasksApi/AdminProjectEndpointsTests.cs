using System.Net;
using OpenIddict.Abstractions;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class AdminProjectEndpointsTests(TasksApiHost host)
{
    [Fact]
    public async Task An_admin_finds_the_projects_of_every_user_by_name_or_by_user()
    {
        var alice = await host.NewAccountAsync();
        var bob = await host.NewAccountAsync();
        var mark = Guid.CreateVersion7().ToString("N");
        var hers = await alice.NewProjectAsync($"Website {mark} 100% _done_");
        var his = await bob.NewProjectAsync($"WEBSITE {mark}");
        var admin = await AdminAsync();

        Assert.Equivalent(
            new[] { hers, his }, (await admin.SendAsync(HttpMethod.Get, $"/api/admin/projects?search=website {mark}")).All("id").ToArray(),
            strict: true);
        Assert.Equal([hers], (await admin.SendAsync(HttpMethod.Get, $"/api/admin/projects?search={mark}&user_id={alice.User}")).All("id"));
        Assert.Contains(his, (await admin.SendAsync(HttpMethod.Get, "/api/admin/projects")).All("id"));
    }

    [Theory]
    [InlineData("100%25 _done", true)]
    [InlineData("100_ _done", false)]
    [InlineData("%25website", false)]
    [InlineData("\\", false)]
    public async Task A_search_is_for_the_text_itself(string search, bool found)
    {
        var alice = await host.NewAccountAsync();
        await alice.NewProjectAsync("Website 100% _done_");

        var list = await (await AdminAsync()).SendAsync(HttpMethod.Get, $"/api/admin/projects?user_id={alice.User}&search={search}");

        Assert.Equal(HttpStatusCode.OK, list.Status);
        Assert.Equal(found ? 1 : 0, list.Json.AsArray().Count);
    }

    [Fact]
    public async Task What_no_name_can_contain_is_400_and_what_no_user_is_called_finds_nothing()
    {
        var admin = await AdminAsync();

        (await admin.SendAsync(HttpMethod.Get, "/api/admin/projects?search=%00")).Is(
            HttpStatusCode.BadRequest,
            """{"message":"Invalid query parameters","errors":{"search":["Search parameter must be a string"]}}""");
        (await admin.SendAsync(HttpMethod.Get, "/api/admin/projects?user_id=XBh42Mcstpacyo1qMz89t3T47NuBLYp6"))
            .Is(HttpStatusCode.OK, "[]");
    }

    [Fact]
    public async Task Nobody_is_an_admin_by_an_email_address_or_by_a_claim_of_a_token()
    {
        var token = await host.Issuer.AccessTokenAsync(Guid.CreateVersion7(), TaskmasterScopes.Tasks, user => user
            .SetClaim(OpenIddictConstants.Claims.Email, "root@speakeasy.com")
            .SetClaim(OpenIddictConstants.Claims.Role, "admin"));

        (await host.AsBearer(token).SendAsync(HttpMethod.Get, "/api/admin/projects"))
            .Is(HttpStatusCode.Forbidden, "Forbidden", "text/plain");
    }

    [Fact]
    public async Task An_admins_API_key_lists_what_the_admin_may_list()
    {
        var project = await (await host.NewAccountAsync()).NewProjectAsync();
        var admin = host.WithKey(await host.NewApiKeyAsync(TasksApiHost.Admin, [TaskmasterScopes.TasksRead]));

        Assert.Contains(project, (await admin.SendAsync(HttpMethod.Get, "/api/admin/projects")).All("id"));
    }

    [Fact]
    public void A_setting_that_names_no_user_stops_the_start() =>
        Assert.Contains("Taskmaster:Admins:0 is 'root@speakeasy.com'", Assert.Throws<InvalidOperationException>(
            () => host.StartApi(("Taskmaster:Admins:0", "root@speakeasy.com"))).Message, StringComparison.Ordinal);

    private async Task<HttpClient> AdminAsync() =>
        host.AsBearer(await host.Issuer.AccessTokenAsync(TasksApiHost.Admin, TaskmasterScopes.Tasks));
}
