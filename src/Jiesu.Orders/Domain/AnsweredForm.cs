using System.Text.Json;

namespace Jiesu.Orders.Domain;

/// <summary>已答表单: the answers of one form, with the version that was shown; kept with the step.</summary>
/// <param name="Code">Code of the definition: <c>reply</c>, <c>reply:咨询</c>.</param>
internal sealed record AnsweredForm(string Code, int Version, IReadOnlyDictionary<string, JsonElement> Values);
