using Jiesu.Identity.Contracts;

namespace Jiesu.Identity.Domain;

/// <summary>诉求人: apart from the order, encrypted (SEC-30, SEC-33).</summary>
internal sealed class Caller
{
    public required CallerId Id { get; init; }

    /// <summary>姓名, encrypted for this row.</summary>
    public byte[]? Name { get; init; }

    /// <summary>电话, encrypted for this row.</summary>
    public byte[]? Phone { get; init; }

    /// <summary>Blind index of the phone: equal numbers give equal values, nothing else can be read from it.</summary>
    public string? PhoneIndex { get; init; }

    /// <summary>保密.</summary>
    public required bool IsSecret { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>查看次数: reveals of one person on one Beijing day.</summary>
internal sealed class RevealCount
{
    public required Guid PersonId { get; init; }
    public required DateOnly Day { get; init; }
    public int Count { get; set; }
}
