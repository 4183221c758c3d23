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

/// <summary>影子运行: how a challenger and the model in use would both have classified orders that neither had learned from.</summary>
internal sealed class ShadowRun
{
    /// <summary>模型版本 of the challenger.</summary>
    public required string ModelVersion { get; init; }
    public required string ChampionVersion { get; set; }
    public int Orders { get; set; }
    public int Right { get; set; }
    public int ChampionRight { get; set; }
    public DateTimeOffset At { get; set; }
}
