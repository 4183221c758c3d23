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
    public required string Why { get; set; }

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

    public void Grow(int level, string why, int size, DateTimeOffset lastAt)
    {
        if ((Level, Why, Size, LastAt) != (level, why, size, lastAt))
        {
            (Level, Why, Size, LastAt, Version) = (level, UnicodeText.Head(why, 200), size, lastAt, Version + 1);
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

/// <summary>事件工单: an order is in one event at most.</summary>
internal sealed class MassEventOrder
{
    public required OrderId OrderId { get; init; }
    public required Guid EventId { get; set; }
}
