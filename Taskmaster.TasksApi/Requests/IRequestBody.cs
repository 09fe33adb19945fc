namespace Taskmaster.TasksApi.Requests;

/// <summary>A request's content, and how it is read field by field; what is wrong with it goes to the <see cref="JsonFields"/>.</summary>
internal interface IRequestBody<out TSelf> where TSelf : IRequestBody<TSelf>
{
    static abstract TSelf Read(JsonFields fields);
}
