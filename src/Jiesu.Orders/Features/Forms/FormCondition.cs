using System.Globalization;
using System.Text.RegularExpressions;
using Jiesu.Orders.Domain;

namespace Jiesu.Orders.Features.Forms;

/// <summary>表单条件: <c>form.met=是</c>. A field of an earlier version is found, too, so only the shape of its name is checked.</summary>
internal sealed partial record FormCondition(string Field, string Value)
{
    public const string Prefix = $"{Carry.Form}.";

    /// <summary>是 and 否 are true and false; a choice may be called 是, too.</summary>
    public IReadOnlyList<string> Heads { get; } = [.. new[] { FormValue.HeadOf(Value), Value switch { "是" => "true", "否" => "false", _ => null } }.OfType<string>()];

    /// <summary>So that 0 finds 0.0.</summary>
    public double? Number { get; } = double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    public static bool IsName(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) && FieldName().IsMatch(name[Prefix.Length..]);

    public IQueryable<WorkOrder> Among(IQueryable<WorkOrder> orders, IQueryable<FormValue> values)
    {
        var (field, heads, number) = (Field, Heads, Number);
        var found = number is { } exactly
            ? values.Where(v => v.Field == field && (heads.Contains(v.Head) || v.Number == exactly))
            : values.Where(v => v.Field == field && heads.Contains(v.Head));
        return orders.Where(o => found.Any(v => v.OrderId == o.Id));
    }

    [GeneratedRegex(@"^[a-z][A-Za-z0-9]{0,39}\z")]
    private static partial Regex FieldName();
}
