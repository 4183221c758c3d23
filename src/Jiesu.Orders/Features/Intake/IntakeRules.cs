using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Intake;

/// <summary>登记内容: every field was found good; numbers and the caller's id come with the making.</summary>
/// <param name="Caller">诉求人; null when nothing was told.</param>
internal sealed record Understood(OrderDraft Draft, CallerDraft? Caller)
{
    /// <summary>登记表单; null when none was sent.</summary>
    public AnsweredForm? Form { get; init; }
}

/// <summary>登记规则: what a new order may be. Pure: order, catalogue and now in; what was understood or a refusal by field out.</summary>
internal static class IntakeRules
{
    private const int LongestTitle = 200;
    private const int LongestContent = 4_000;

    /// <summary>A cell of a spreadsheet holds no more. Of 2,591 public messages two are longer than a desk may type: they are not cut and not refused.</summary>
    private const int LongestFileContent = 32_767;
    private const int LongestWord = 40;
    private const int LongestNumber = 64;
    private const int LongestAddress = 300;
    private const int LongestPoint = 100;
    private const int LongestName = 50;
    private const int LongestPhone = 32;

    private static readonly DateTimeOffset EarliestCall = new DateOnly(2000, 1, 1).StartOfDay();

    /// <summary>Clocks of two systems differ.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    public static Result<Understood> Check(IncomingOrder incoming, CatalogueDay catalogue, DateTimeOffset now)
    {
        var order = incoming.Order;
        var errors = new IntakeErrors();
        CheckCallTime(order, now, errors);
        CheckLonLat(order, errors);
        var (town, community) = FindPlaces(order, catalogue, errors);
        var draft = new OrderDraft
        {
            No = 0,
            CaseNo = "",
            Title = Required(errors, "title", IntakeText.Line(order.Title), LongestTitle, "请填写标题。"),
            Content = Required(errors, "content", IntakeText.Lines(order.Content), incoming.IsFromFile ? LongestFileContent : LongestContent, "请填写主要内容。"),
            Channel = Required(errors, "channel", IntakeText.Line(order.Channel), LongestWord, "请选择受理渠道。"),
            OrderNo = Optional(errors, "orderNo", order.OrderNo, LongestNumber),
            OriginType = OriginOf(order, errors),
            RequestType = Optional(errors, "requestType", order.RequestType, LongestWord),
            Urgency = Optional(errors, "urgency", order.Urgency, LongestWord),
            Address = Optional(errors, "address", order.Address, LongestAddress),
            PointName = Optional(errors, "pointName", order.PointName, LongestPoint),
            TownCode = town?.Code ?? community?.ParentCode,
            CommunityCode = community?.Code,
            Lon = order.LonLat?.Lon,
            Lat = order.LonLat?.Lat,
            ClassCode = FindClass(order, catalogue, errors)?.Code,
            CallTime = order.CallTime is { } call ? ToMilliseconds(call) : null,
            IsSecret = order.IsSecret ?? false,
            NeedReply = order.NeedReply ?? true,
            ExtraText = incoming.ExtraText,
        };
        var caller = CallerOf(order, errors);
        return errors.ToError() is { } error ? error : new Understood(draft, caller);
    }

    /// <summary>Instants are kept to the millisecond, so that both databases give back what was answered.</summary>
    public static DateTimeOffset ToMilliseconds(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());

    private static string Required(IntakeErrors errors, string field, string? text, int longest, string missing)
    {
        if (text is null)
        {
            errors.Invalid(field, missing);
        }

        return Within(errors, field, text, longest) ?? "";
    }

    private static string? Optional(IntakeErrors errors, string field, string? text, int longest) => Within(errors, field, IntakeText.Line(text), longest);

    private static string? Within(IntakeErrors errors, string field, string? text, int longest)
    {
        if (text?.Length > longest && IntakeText.Length(text) > longest)
        {
            errors.Invalid(field, $"最多 {longest} 个字，请缩短。");
        }

        return text;
    }

    private static OriginType OriginOf(NewOrder order, IntakeErrors errors)
    {
        if (order.OriginType is not (null or >= 0 and <= 2))
        {
            errors.Invalid("originType", "数据来源只能是 0（本地录入）、1（区分转）或 2（市直派）。");
        }

        return (OriginType)(order.OriginType ?? 0);
    }

    private static void CheckCallTime(NewOrder order, DateTimeOffset now, IntakeErrors errors)
    {
        if (order.CallTime > now + Slack)
        {
            errors.Invalid("callTime", "来电时间不能晚于现在，请核对。");
        }
        else if (order.CallTime < EarliestCall)
        {
            errors.Invalid("callTime", "来电时间不能早于 2000 年，请核对。");
        }
    }

    private static void CheckLonLat(NewOrder order, IntakeErrors errors)
    {
        if (order.LonLat is not { } point)
        {
            return;
        }

        if (point.Lon is not (>= -180 and <= 180))
        {
            errors.Invalid("lonLat.lon", "经度应在 -180 到 180 之间。");
        }

        if (point.Lat is not (>= -90 and <= 90))
        {
            errors.Invalid("lonLat.lat", "纬度应在 -90 到 90 之间。");
        }
    }

    /// <summary>A community alone tells its town; a community of another town is unknown there.</summary>
    private static (Place? Town, Place? Community) FindPlaces(NewOrder order, CatalogueDay catalogue, IntakeErrors errors)
    {
        Place? town = null;
        Place? community = null;
        if (IntakeText.Line(order.Town) is { } townWord)
        {
            town = catalogue.FindPlace(townWord);
            if (town is not { ParentCode: null })
            {
                errors.Unknown("town", "没有这个街道或镇，请填写区划代码或全称。");
            }
        }

        if (IntakeText.Line(order.Community) is { } communityWord)
        {
            community = catalogue.FindPlace(communityWord, town?.Code);
            if (community?.ParentCode is not { } parent || (town is not null && parent != town.Code))
            {
                errors.Unknown("community", "没有这个社区或村，请填写区划代码或全称，并与街道相符。");
            }
        }

        return (town, community);
    }

    private static ClassNode? FindClass(NewOrder order, CatalogueDay catalogue, IntakeErrors errors)
    {
        if (IntakeText.Line(order.ClassL3) is not { } word)
        {
            return null;
        }

        var found = catalogue.FindClass(word);
        if (found is null)
        {
            errors.Unknown("classL3", "没有这个问题分类，请填写分类代码或名称。");
        }

        return found;
    }

    private static CallerDraft? CallerOf(NewOrder order, IntakeErrors errors)
    {
        var name = Optional(errors, "callerName", order.CallerName, LongestName);
        var phone = Optional(errors, "callerPhone", order.CallerPhone, LongestPhone);
        return name is null && phone is null ? null : new(name, phone, order.IsSecret ?? false);
    }
}
