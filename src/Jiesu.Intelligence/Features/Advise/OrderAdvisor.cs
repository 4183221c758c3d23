using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Classify;
using Jiesu.Intelligence.Features.Locate;
using Jiesu.Intelligence.Features.Notice;

namespace Jiesu.Intelligence.Features.Advise;

/// <summary>智能建议 for one request or many.</summary>
internal sealed class OrderAdvisor(ICatalogue catalogue, IUnitDirectory units, DayTools tools, IOrderTexts texts) : IOrderAdvisor
{
    private const int MostClasses = 5;

    /// <summary>More than anyone is shown: the asker drops those out of scope.</summary>
    private const int MostSimilar = 50;

    private const double LeastClassScore = 0.01;

    public async Task<Advice> AdviseAsync(AdviceQuestion question, CancellationToken ct)
    {
        var advice = (await AdviseAsync([question], ct))[0];
        var similar = await texts.FindSimilarAsync($"{question.Title}\n{question.Text}", except: null, MostSimilar, ct);
        return advice with { Similar = similar };
    }

    public async Task<IReadOnlyList<Advice>> AdviseAsync(IReadOnlyList<AdviceQuestion> questions, CancellationToken ct)
    {
        var day = tools.For(await catalogue.GetAsync(ct));
        var tree = await units.GetAsync(ct);
        return [.. questions.Select(q => Advise(q, day, tree))];
    }

    private static Advice Advise(AdviceQuestion question, Tools tools, UnitTree tree)
    {
        var plain = PlainText.Of(question.Title, question.Text);
        var classes = Classes(plain, tools);
        var addresses = tools.Locator.Locate(question.Address, plain, tools.Day.FindPlace(question.Town), question.Lon, question.Lat);
        return new(
            classes, UnitAdvisor.Advise(tools.Day, tree, classes, addresses, plain), addresses, tools.Keywords.Of(plain, classes.Count > 0 ? classes[0].Evidence : ""),
            Entities.In(PlainText.Of(question.Address, plain)), Flags.Of(plain), [], tools.Model.Card.Version);
    }

    /// <summary>Best first; classes that have ended since the model learned them are left out.</summary>
    private static IReadOnlyList<ClassAdvice> Classes(string plain, Tools tools)
    {
        var grams = Grams.Of(plain);
        if (!tools.Model.Knows(grams))
        {
            return [];
        }

        return [.. tools.Model.Scores(grams).Index().Where(s => s.Item >= LeastClassScore).OrderByDescending(s => s.Item).ThenBy(s => s.Index)
            .Select(s => (s.Index, Score: s.Item, Node: tools.Day.FindClass(tools.Model.Codes[s.Index]))).Where(s => s.Node is not null).Take(MostClasses)
            .Select(s => new ClassAdvice(s.Node!.Code, s.Node.Name, s.Node.Path, Math.Round(s.Score, 3), Evidence.Of(plain, tools.Model, s.Index)))];
    }
}
