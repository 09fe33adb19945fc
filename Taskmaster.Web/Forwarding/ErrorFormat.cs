namespace Taskmaster.Web.Forwarding;

/// <summary>In whose words Web answers itself on a path that it would have forwarded.</summary>
internal enum ErrorFormat
{
    /// <summary><c>{"error", "error_description"}</c>, RFC 6749 §5.2.</summary>
    OAuth,

    /// <summary><c>{"message"}</c>, as the OpenAPI document has it.</summary>
    Api,

    /// <summary>Only people come here: an HTML page.</summary>
    Page,
}
