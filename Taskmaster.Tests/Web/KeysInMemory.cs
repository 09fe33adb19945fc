using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Taskmaster.Tests.Web;

/// <summary>A key ring without Postgres; replicas that are given the same one read each other's sessions.</summary>
internal sealed class KeysInMemory : IXmlRepository
{
    private readonly Lock _lock = new();
    private readonly List<XElement> _keys = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_lock)
        {
            return [.. _keys];
        }
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_lock)
        {
            _keys.Add(element);
        }
    }
}
