using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Primitives;
using Taskmaster.Web.SignIn;

namespace Taskmaster.Web.Pages.Typed;

/// <summary>
/// Fills a page in with what its user typed before they had to sign in again, in place of what the page itself would fill in.
/// A form that was opened before its user signed in anew, and therefore has a token of no use, comes back the same way.
/// </summary>
internal sealed class RestoreTyped(TypedForms typed, ParameterBinder binder, IModelBinderFactory binders, IModelMetadataProvider metadata)
    : IAsyncPageFilter, IAsyncAlwaysRunResultFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var executed = await next();
        var request = context.HttpContext.Request;
        if (!request.Query.ContainsKey(TypedForms.Parameter))
        {
            return;
        }

        if (HttpMethods.IsGet(request.Method) && executed.Result is PageResult && await typed.FindAsync(request) is { } fields)
        {
            await FillInAsync(context, fields);
            context.HttpContext.Features.Set(new RestoredForm());
        }
        else if (HttpMethods.IsPost(request.Method) && executed.Result is LocalRedirectResult)
        {
            await typed.ForgetAsync(request);
        }
    }

    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        if (context.Result is IAntiforgeryValidationFailedResult
            && await typed.ComeBackAsync(request) is var address
            && address.Contains(TypedForms.Parameter + "=", StringComparison.Ordinal))
        {
            context.Result = new LocalRedirectResult(address);
        }

        await next();
    }

    /// <summary>As ASP.NET Core binds the properties of a page to a form that is sent to it.</summary>
    private async Task FillInAsync(PageHandlerExecutingContext context, Dictionary<string, StringValues> fields)
    {
        var values = new FormValueProvider(BindingSource.Form, new FormCollection(fields), CultureInfo.InvariantCulture);
        foreach (var property in context.ActionDescriptor.BoundProperties)
        {
            // Without what forbids to bind it in a GET.
            var info = new BindingInfo(property.BindingInfo!) { RequestPredicate = null };
            var described = metadata.GetMetadataForProperty(context.ActionDescriptor.ModelTypeInfo!, property.Name);
            var bound = await binder.BindModelAsync(
                context,
                binders.CreateBinder(new() { BindingInfo = info, Metadata = described, CacheToken = property }),
                values,
                new ParameterDescriptor { Name = property.Name, ParameterType = property.ParameterType, BindingInfo = info },
                described,
                value: null);
            if (bound.IsModelSet)
            {
                described.PropertySetter!(context.HandlerInstance, bound.Model);
            }
        }
    }
}
