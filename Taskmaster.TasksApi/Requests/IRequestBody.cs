namespace Taskmaster.TasksApi.Requests;

/// <summary>A request's content, and how it is read field by field; what is wrong with it is the reader's to say.</summary>
internal interface IRequestBody<out TSelf> where TSelf : IRequestBody<TSelf>
{
    static abstract TSelf Read(IBodyFields fields);
}
