namespace Jiesu.Intelligence.Domain;

/// <summary>训练状态.</summary>
internal enum TrainingState { Queued, Running, Completed, Failed }

/// <summary>训练任务: asked for by a person, run by one node.</summary>
internal sealed class Training
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required DateTimeOffset RequestedAt { get; init; }
    public required Guid RequestedBy { get; init; }
    public TrainingState State { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The model that came of it.</summary>
    public string? ModelVersion { get; private set; }

    public void Start() => State = TrainingState.Running;

    public void Complete(string modelVersion, DateTimeOffset now) => (State, ModelVersion, EndedAt) = (TrainingState.Completed, modelVersion, now);

    public void Fail(DateTimeOffset now) => (State, EndedAt) = (TrainingState.Failed, now);
}
