using Jiesu.Orders.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.Actions;

/// <summary>流转表: the table of the life cycle as others read it: the API, and the page under docs/ that is made of it.</summary>
public static class LifeCycleTable
{
    internal static void MapApi(IEndpointRouteBuilder api) => api.MapGet("/lifecycle", Get).RequireAuthorization(Permissions.Read);

    internal static Ok<Answer> Get() => TypedResults.Ok(new Answer([.. OrderLifeCycle.Steps.All.Select(Read)]));

    internal sealed record Answer(IReadOnlyList<Transition> Transitions);

    /// <summary>流转.</summary>
    /// <param name="Id">T01 …; a transition that ends in several ways has a row for each.</param>
    /// <param name="To">Null leaves the state as it is.</param>
    /// <param name="Roles">Roles that hold the permission after installation.</param>
    internal sealed record Transition(
        string Id, string Action, string Name, string? Outcome, IReadOnlyList<string> From, string? To, IReadOnlyList<string> Roles,
        IReadOnlyList<string> Required, IReadOnlyList<string> Optional);

    private static Transition Read(OrderStep step) => new(
        step.Id, step.Action.Wire(), step.Name(), step.Outcome?.ToString(), [.. step.From.Select(s => s.ToString())], step.To?.ToString(),
        Permissions.All.Single(p => p.Code == step.Permission).Roles, step.Must ?? [], step.May ?? []);
}
