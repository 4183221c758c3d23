using Jiesu.Orders.Contracts;

namespace Jiesu.Orders.Domain;

/// <summary>提醒级别 (hotline guide 2.5, urge and escalate): half, four fifths and all of the time gone; a day late for the unit's leader, three days for the district.</summary>
internal enum ReminderStage { Half, FourFifths, Due, Leader, District }

/// <summary>提醒: one warning of one deadline; written once, however often the job runs (REL-34).</summary>
internal sealed class Reminder
{
    public required OrderId OrderId { get; init; }

    /// <summary>截止时间 that is warned of, UTC.</summary>
    public required DateTimeOffset DueAt { get; init; }
    public required ReminderStage Stage { get; init; }

    /// <summary>Who is warned: the accountable unit; the Centre for what concerns the district.</summary>
    public required Guid UnitId { get; init; }

    /// <summary>应提醒时间, UTC.</summary>
    public required DateTimeOffset PlannedAt { get; init; }
    public required DateTimeOffset FiredAt { get; init; }

    /// <summary>补发: the service stood still when it was due.</summary>
    public required bool IsLate { get; init; }
}

/// <summary>提醒时间表: a function of start and deadline, nothing else.</summary>
internal static class ReminderPlan
{
    private static readonly TimeSpan AfterForLeader = TimeSpan.FromHours(24);
    private static readonly TimeSpan AfterForDistrict = TimeSpan.FromHours(72);

    public static DateTimeOffset At(ReminderStage stage, DateTimeOffset start, DateTimeOffset due) => stage switch
    {
        ReminderStage.Half => start + ((due - start) / 2),
        ReminderStage.FourFifths => start + ((due - start) * 4 / 5),
        ReminderStage.Due => due,
        ReminderStage.Leader => due + AfterForLeader,
        ReminderStage.District => due + AfterForDistrict,
    };

    /// <summary>The first warning after <paramref name="now"/>; null when all are over.</summary>
    public static (ReminderStage Stage, DateTimeOffset At)? Next(DateTimeOffset start, DateTimeOffset due, DateTimeOffset now)
    {
        foreach (var stage in Enum.GetValues<ReminderStage>())
        {
            if (At(stage, start, due) is var at && at > now)
            {
                return (stage, at);
            }
        }

        return null;
    }

    /// <summary>The one after this; null after the last.</summary>
    public static (ReminderStage Stage, DateTimeOffset At)? After(ReminderStage stage, DateTimeOffset start, DateTimeOffset due) =>
        stage == ReminderStage.District ? null : (stage + 1, At(stage + 1, start, due));
}
