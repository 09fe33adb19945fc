using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Web.Hosting;
using Taskmaster.Web.Pages.Developer.TryIt;
using Taskmaster.Web.Pages.Docs;
using Taskmaster.Web.Pages.Shared;
using Taskmaster.Web.Pages.Typed;

namespace Taskmaster.Web.Pages;

internal static class PagesExtensions
{
    private static readonly string[] SignedInFolders = ["/Projects", "/Tasks", "/Account", "/Developer"];

    public static void AddPages(this IServiceCollection services, PublicOrigin origin)
    {
        services.AddRazorPages(options =>
        {
            foreach (var folder in SignedInFolders)
            {
                options.Conventions.AuthorizeFolder(folder);
            }

            options.Conventions.AuthorizePage("/Welcome");

            // The first is the page's own route.
            foreach (var document in PublicDocs.All.Skip(1))
            {
                options.Conventions.AddPageRoute("/Docs/Document", document.Address.TrimStart('/'));
            }

            options.Conventions.AllowAnonymousToPage("/Account/SignIn");
            options.Conventions.ConfigureFilter(new TypeFilterAttribute(typeof(SignInAgain)));
            options.Conventions.ConfigureFilter(new TypeFilterAttribute(typeof(RestoreTyped)));
        });

        services.Configure<MvcOptions>(options => SpeakOfValues(options.ModelBindingMessageProvider));
        services.AddSingleton<PublicDocs>();
        services.AddSingleton<DocSearch>();
        services.AddTryIt();
        services.AddScoped<ActorNames>();
        services.Configure<RouteOptions>(options => options.LowercaseUrls = true);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = WebCookies.Name(origin, "antiforgery");
            WebCookies.Protect(options.Cookie, origin);

            // SecurityHeaders has the one policy about framing.
            options.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<CookieTempDataProviderOptions>(options =>
        {
            options.Cookie.Name = WebCookies.Name(origin, "notice");
            WebCookies.Protect(options.Cookie, origin);
        });
    }

    /// <summary>What cannot be read is told below the field's label: ASP.NET Core would name the property of our page.</summary>
    private static void SpeakOfValues(DefaultModelBindingMessageProvider messages)
    {
        messages.SetAttemptedValueIsInvalidAccessor((value, _) => $"'{value}' cannot be used here");
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(value => $"'{value}' cannot be used here");
        messages.SetValueIsInvalidAccessor(value => $"'{value}' cannot be used here");
        messages.SetUnknownValueIsInvalidAccessor(_ => "This cannot be used here");
    }

    /// <summary>Whatever went wrong, the reader gets a page that says so, under the address they asked for.</summary>
    public static void UseErrorPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            StatusCodeSelector = Outage.StatusFor,

            // Bugs are logged with their stack; an outage is told of below, once.
            SuppressDiagnosticsCallback =
                static failed => Outage.StatusFor(failed.Exception) is not StatusCodes.Status500InternalServerError,

            // The page must not meet what failed again: an authentication, say, that is remembered with its exception.
            CreateScopeForErrors = true,
        });
        app.UseStatusCodePagesWithReExecute("/error");

        var outages = app.ApplicationServices.GetRequiredService<OutageLog>();
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (Exception exception) when (StoreOutage.ResourceOf(exception) is { } what)
            {
                outages.Away(what, exception);
                throw;
            }
        });
    }

    /// <summary>After routing, which ends with what is forwarded: that has limits of its own.</summary>
    public static void UseFormLimit(this IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        if (context.Request.HasUnreadableForm())
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (LimitedBodyStream.TryLimit(context, BodyLimits.Settings))
        {
            try
            {
                await next(context);
            }
            catch (Exception) when (LimitedBodyStream.WasExceeded(context))
            {
                // Whoever read it: what was wrong is known.
            }

            if (!LimitedBodyStream.WasExceeded(context))
            {
                return;
            }
        }

        LimitedBodyStream.TakeAway(context);
        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    });

    /// <summary>
    /// The stylesheet and script that AuthServer's pages use, too: asked for anew, answered from the cache while unchanged.
    /// </summary>
    public static void UseStylesheet(this IApplicationBuilder app) => app.UseStaticFiles(new StaticFileOptions
    {
        OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
    });
}
