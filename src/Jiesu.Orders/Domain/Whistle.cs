using Jiesu.Orders.Contracts;

namespace Jiesu.Orders.Domain;

/// <summary>
/// 吹哨: a street calls a department to the place; the department reports in (报到). Both are rated: the street rates arrival and result, the department
/// whether it was called with reason (hotline guide 1, rows 3 and 11; 3.7).
/// </summary>
internal sealed class Whistle
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required OrderId OrderId { get; init; }

    /// <summary>吹哨单位.</summary>
    public required Guid ByUnitId { get; init; }

    /// <summary>报到单位.</summary>
    public required Guid UnitId { get; init; }

    /// <summary>事项.</summary>
    public required string Matter { get; init; }
    public required DateTimeOffset BlownAt { get; init; }

    /// <summary>应到时间, UTC.</summary>
    public required DateTimeOffset ArriveBy { get; init; }

    /// <summary>报到时间, UTC; null while it is awaited, and for one that lapsed.</summary>
    public DateTimeOffset? ArrivedAt { get; private set; }
    public string? Result { get; private set; }
    public bool? IsSolved { get; private set; }

    /// <summary>No longer awaited from then on, UTC.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>吹哨方评价 of arrival and result, 1–5.</summary>
    public int? ScoreOfArrival { get; private set; }
    public string? WordsOnArrival { get; private set; }

    /// <summary>报到方评价 of the whistle: was it called for, 1–5.</summary>
    public int? ScoreOfWhistle { get; private set; }
    public string? WordsOnWhistle { get; private set; }

    public bool IsOpen => EndedAt is null;

    public bool IsLate => ArrivedAt > ArriveBy;

    public void ReportIn(Deed deed) => (ArrivedAt, EndedAt, Result, IsSolved) = (deed.At, deed.At, deed.Details.Result, deed.Details.Solved);

    public void Lapse(DateTimeOffset at) => EndedAt = at;

    /// <summary>双考核: each side once; false where that side has rated already.</summary>
    public bool Rate(bool isByCaller, int score, string? words)
    {
        if ((isByCaller ? ScoreOfArrival : ScoreOfWhistle) is not null)
        {
            return false;
        }

        if (isByCaller)
        {
            (ScoreOfArrival, WordsOnArrival) = (score, words);
        }
        else
        {
            (ScoreOfWhistle, WordsOnWhistle) = (score, words);
        }

        return true;
    }
}
