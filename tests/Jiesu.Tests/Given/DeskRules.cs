using Jiesu.Catalog.Contracts;
using Jiesu.Platform.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Tests.Given;

/// <summary>The catalogue that tests of the desk stand on: six classes, two streets, one channel.</summary>
internal static class DeskRules
{
    public const string Street = "110106012";
    public const string StreetName = "方庄街道";
    public const string Community = "110106012001";
    public const string CommunityName = "芳古园社区";
    public const string Class = "010301";
    public const string ClassName = "健身卡";

    /// <summary>In the place of the installation's own; and nobody but the test delivers events.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<ICatalogue, Shelf>();
        foreach (var sender in services.Where(s => s.ImplementationType == typeof(OutboxSender)).ToList())
        {
            services.Remove(sender);
        }
    }

    private sealed class Shelf : ICatalogue
    {
        private static readonly Day0 Today = new();

        public ValueTask<CatalogueDay> GetAsync(CancellationToken ct) => new(Today);
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
}
