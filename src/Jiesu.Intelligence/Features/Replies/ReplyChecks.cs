using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Replies;

/// <summary>答复检查 by the signs of <see cref="ReplyGrounds"/>.</summary>
internal sealed class ReplyChecks : IReplyChecks
{
    public ReplyCheck Of(string reply) => ReplyGrounds.Check(PlainText.Of(reply));
}
