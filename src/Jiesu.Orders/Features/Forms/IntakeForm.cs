using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Intake;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Forms;

/// <summary>登记表单定义: the extra questions of intake. Pure.</summary>
internal static class IntakeForm
{
    public static string ControlOf(string name) => $"{Carry.Form}.{name}";

    /// <summary>What was understood of the order, with the answers; what is wrong with either is told together.</summary>
    public static Result<Understood> Add(Result<Understood> understood, NewOrder order, CatalogueDay day, UnitTree units)
    {
        if (order.Form is not { } form)
        {
            return understood;
        }

        if (day.FindForm(FormCodes.Intake, order.RequestType) is not { } definition)
        {
            return understood.Error ?? FormErrors.None();
        }

        var answers = definition.Check(form, day, units);
        return (understood.Error, answers.Problems.Count) switch
        {
            (null, 0) => understood.Value with { Form = new(definition.Code, definition.Version, answers.Values) },
            ({ } refusal, 0) => refusal,
            (null, _) => FormErrors.Wrong(answers.Problems, ControlOf),
            ({ Kind: ErrorKind.Invalid } refusal, _) => refusal with { Fields = refusal.Fields.Concat(FormErrors.Wrong(answers.Problems, ControlOf).Fields).ToDictionary() },
            ({ }, _) => FormErrors.Wrong(answers.Problems, ControlOf),
        };
    }
}
