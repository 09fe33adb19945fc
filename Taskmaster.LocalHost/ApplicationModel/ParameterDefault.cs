namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a parameter is when nobody set it.</summary>
public abstract class ParameterDefault
{
    public abstract string GetDefaultValue();
}
