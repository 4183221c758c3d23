using System.Collections.Concurrent;
using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jiesu.Tests.Given;

/// <summary>Rooms below Orders as far as it needs them, for as long as those rooms are empty; a room that is there wins.</summary>
internal static class DeskFakes
{
    public const string Street = "110106012";
    public const string StreetName = "方庄街道";
    public const string Community = "110106012001";
    public const string CommunityName = "芳古园社区";
    public const string Class = "010301";
    public const string ClassName = "健身卡";

    public static void Register(IServiceCollection services)
    {
        services.TryAddSingleton<ICatalogue, FakeCatalogue>();
        services.TryAddSingleton<CallerBook>();
        services.TryAddScoped<ICallers, FakeCallers>();
        services.TryAddSingleton<FakeAudit>();
        services.TryAddSingleton<IAuditLog>(sp => sp.GetRequiredService<FakeAudit>());
        services.TryAddSingleton<IPeople, FakePeople>();
    }

    internal sealed class CallerBook : ConcurrentDictionary<CallerId, CallerDraft>;

    private sealed class FakeCatalogue : ICatalogue
    {
        public ValueTask<CatalogueDay> GetAsync(CancellationToken ct) => new(new Day0());
    }

    private sealed class Day0 : CatalogueDay
    {
        public override DateOnly Day => new(2026, 3, 2);
        public override IReadOnlyList<ClassNode> Classes { get; } =
        [
            new("010000", "市场管理", 1, null, "市场管理", "公正性", []),
            new("010300", "单用途预付卡", 2, "010000", "市场管理->单用途预付卡", "公正性", []),
            new(Class, ClassName, 3, "010300", "市场管理->单用途预付卡->健身卡", "公正性", []),
            new("020000", "公共服务", 1, null, "公共服务", "便利性", []),
            new("020100", "供暖", 2, "020000", "公共服务->供暖", "便利性", []),
            new("020101", "室温不达标", 3, "020100", "公共服务->供暖->室温不达标", "便利性", []),
        ];

        public override IReadOnlyList<Place> Places { get; } =
        [
            new(Street, StreetName, null), new(Community, CommunityName, Street),
            new("110106001", "右安门街道", null), new("110106001001", "翠林一里社区", "110106001"),
        ];

        public override IReadOnlyList<ReasonCode> Reasons => [];
        public override ClassNode? FindClass(string? codeOrName) => Classes.FirstOrDefault(c => c.Code == codeOrName || c.Name == codeOrName || c.Path == codeOrName);
        public override Place? FindPlace(string? codeOrName, string? town = null) =>
            Places.FirstOrDefault(p => (p.Code == codeOrName || p.Name == codeOrName) && (town is null || p.ParentCode is null || p.ParentCode == town));
        public override ReasonCode? FindReason(string? code) => null;
        public override IReadOnlyList<CodeItem> Dictionary(string name) => name == DictionaryNames.Channels ? [new("phone", "电话")] : [];
        public override IReadOnlyList<DirectoryAdvice> Units(string? classCode, string? townCode, string text) => [];
        public override TimeLimitPolicy Policy(string? classCode, string? urgency, string? requestType) => throw new NotSupportedException();
    }

    private sealed class FakeCallers(CallerBook book, IAuditLog audit) : ICallers
    {
        public CallerId Add(CallerDraft draft)
        {
            var id = CallerId.Next();
            book[id] = draft;
            return id;
        }

        public MaskedCaller Mask(CallerDraft draft) => draft.IsSecret
            ? new("保密", "保密")
            : new(draft.Name is { Length: > 0 } n ? n[..1] + "**" : "", draft.Phone is { Length: 11 } p ? p[..3] + "****" + p[^4..] : "");

        public Task<IReadOnlyDictionary<CallerId, MaskedCaller>> MaskAsync(IReadOnlyCollection<CallerId> ids, CancellationToken ct) =>
            Task.FromResult<IReadOnlyDictionary<CallerId, MaskedCaller>>(ids.Distinct().ToDictionary(id => id, id => Mask(book[id])));

        public Task<Result<RevealedCaller>> RevealAsync(CallerId id, string subject, string? purpose, bool maySeeSecret, Actor actor, CancellationToken ct)
        {
            if (book[id].IsSecret && !maySeeSecret)
            {
                return Task.FromResult<Result<RevealedCaller>>(new Error(ErrorKind.Forbidden, "caller.secret", "保密诉求人不可查看。"));
            }

            audit.Record(actor, "caller.reveal", subject, purpose);
            return Task.FromResult<Result<RevealedCaller>>(new RevealedCaller(book[id].Name, book[id].Phone));
        }

        public Task<IReadOnlyList<CallerId>> FindByPhoneAsync(string phone, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<CallerId>>([.. book.Where(x => x.Value.Phone == phone).Select(x => x.Key)]);
    }

    internal sealed class FakeAudit : IAuditLog
    {
        public ConcurrentQueue<(string Act, string Subject, string? Detail)> Records { get; } = new();
        public void Record(Actor actor, string act, string subject, string? detail = null) => Records.Enqueue((act, subject, detail));
    }

    private sealed class FakePeople : IPeople
    {
        public Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
            Task.FromResult<IReadOnlyDictionary<Guid, string>>(ids.ToDictionary(id => id, _ => "王敏"));
    }
}
