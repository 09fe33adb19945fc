using Microsoft.OpenApi;
using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.OpenApi;

/// <summary>Describes a request body by having it read: every field it asks for becomes a property with that field's rules.</summary>
internal sealed class BodySchema(OpenApiDocument document) : IBodyFields
{
    private readonly Dictionary<string, IOpenApiSchema> _properties = [];
    private readonly HashSet<string> _required = [];
    private int? _minProperties;

    public static OpenApiSchema Of(BodyMetadata body, OpenApiDocument document)
    {
        var schema = new BodySchema(document);
        body.Describe(schema);
        return schema.ToSchema();
    }

    public void RequireAny(params ReadOnlySpan<string> names) => _minProperties = _required.Count + 1;

    public IReadOnlyList<T> Items<T>(string name, int most, Func<IBodyFields, T> read)
    {
        var item = new BodySchema(document);
        _ = read(item);
        _required.Add(name);
        _properties[name] = new OpenApiSchema { Type = JsonSchemaType.Array, MinItems = 1, MaxItems = most, Items = item.ToSchema() };
        return [];
    }

    public T Wrong<T>(string name, string error, T instead) => instead;

    public string Text(string name, int maxLength)
    {
        _required.Add(name);
        return OptionalText(name, maxLength)!;
    }

    public string? OptionalText(string name, int maxLength)
    {
        _properties[name] = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = maxLength };
        return "";
    }

    public string Name(string name, int maxLength) => Text(name, maxLength);

    public string? OptionalName(string name, int maxLength) => OptionalText(name, maxLength);

    public Guid Id(string name)
    {
        _required.Add(name);
        return OptionalId(name)!.Value;
    }

    public Guid? OptionalId(string name)
    {
        _properties[name] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" };
        return Guid.Empty;
    }

    public DateTime? OptionalTime(string name)
    {
        _properties[name] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" };
        return default(DateTime);
    }

    public TEnum Choice<TEnum>(string name, string error) where TEnum : struct, Enum
    {
        _required.Add(name);
        return OptionalChoice<TEnum>(name, error)!.Value;
    }

    public TEnum? OptionalChoice<TEnum>(string name, string error) where TEnum : struct, Enum
    {
        _properties[name] = new OpenApiSchemaReference(SchemaNames.Of(typeof(TEnum)), document);
        return default(TEnum);
    }

    private OpenApiSchema ToSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Properties = _properties,
        Required = _required,
        MinProperties = _minProperties,
    };
}
