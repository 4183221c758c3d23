using Jiesu.Orders.Contracts;
using Jiesu.Platform.Text;

namespace Jiesu.Orders.Domain;

/// <summary>事件状态.</summary>
internal enum MassEventState
{
    /// <summary>疑似: found by the house, nobody has looked.</summary>
    Suspected,

    /// <summary>已确认.</summary>
    Confirmed,

    /// <summary>已静默: no alerts until a day, unless it doubles.</summary>
    Silenced,

    /// <summary>已结束, by a person only.</summary>
    Ended,
}

/// <summary>
/// 群体性事件 (hotline guide 6.2): requests of several people about one matter. The house finds it and says why; a person confirms, silences or ends it. The house merges
/// and closes nothing.
/// </summary>
internal sealed class MassEvent
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Title { get; set; }
    public MassEventState State { get; private set; }
    public int Version { get; private set; } = 1;

    /// <summary>级别: 1 一级, the highest, to 4 四级.</summary>
    public int Level { get; private set; }

    /// <summary>Why this level, in words.</summary>
    public string Why { get; private set; } = "";

    /// <summary>依据: the rule by which it was given, with number and date. A later rule changes it only when the orders of the event change.</summary>
    public string Basis { get; private set; } = "";

    /// <summary>定级时间, UTC.</summary>
    public DateTimeOffset? LevelledAt { get; private set; }

    /// <summary>有聚集词: people gather, or say that they will.</summary>
    public bool IsGathering { get; private set; }

    /// <summary>点位键 by which it was found; null where the texts were alike.</summary>
    public string? PointKey { get; init; }

    /// <summary>Highest level that people were told of; 5 before the first alert.</summary>
    public int AlertedLevel { get; private set; } = 5;
    public int Size { get; private set; }
    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>来电 of the newest request.</summary>
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>Where people decide: until when it is silent, how large it was then, and why it came to its state.</summary>
    public DateTimeOffset? SilencedUntil { get; private set; }
    public int SilencedSize { get; private set; }
    public string? StateWhy { get; private set; }

    /// <summary>主单; null before it was confirmed.</summary>
    public OrderId? MasterOrderId { get; private set; }

    /// <summary>Its orders have changed. Below the thresholds it keeps the level that it had.</summary>
    public void Grow(int size, DateTimeOffset lastAt, EventGrade? grade, DateTimeOffset now)
    {
        (Size, LastAt, Version) = (size, lastAt, Version + 1);
        if (grade is not null)
        {
            (Level, Why, Basis, IsGathering, LevelledAt) = (grade.Level, UnicodeText.Head(grade.Why, 200), UnicodeText.Head(grade.Basis, 200), grade.IsGathering, now);
        }
    }

    /// <summary>Whether people must be told now; then it is noted that they were.</summary>
    public bool TakeAlert(DateTimeOffset now)
    {
        var isSilent = State == MassEventState.Silenced && now < SilencedUntil && Size < 2 * SilencedSize;
        if (isSilent || State == MassEventState.Ended || Level >= AlertedLevel)
        {
            return false;
        }

        if (State == MassEventState.Silenced)
        {
            State = MassEventState.Suspected;
        }

        (AlertedLevel, Version) = (Level, Version + 1);
        return true;
    }

    public void Confirm(OrderId master, string? why) => (MasterOrderId, State, StateWhy, Version) = (master, MassEventState.Confirmed, why, Version + 1);

    /// <summary>After the silence, or when it has doubled, people are told again.</summary>
    public void Silence(DateTimeOffset until, string why) =>
        (State, SilencedUntil, SilencedSize, AlertedLevel, StateWhy, Version) = (MassEventState.Silenced, until, Size, 5, why, Version + 1);

    public void End(string why) => (State, StateWhy, Version) = (MassEventState.Ended, why, Version + 1);
}

/// <summary>定级结果.</summary>
/// <param name="Level">1 一级 to 4 四级.</param>
/// <param name="Why">What was seen.</param>
/// <param name="Basis">What the rule says.</param>
internal sealed record EventGrade(int Level, string Why, string Basis, bool IsGathering);

/// <summary>事件工单: an order is in one event at most.</summary>
internal sealed class MassEventOrder
{
    public required OrderId OrderId { get; init; }
    public required Guid EventId { get; set; }
}
