using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Addresses;
using Jiesu.Intelligence.Features.Classify;
using Jiesu.Intelligence.Features.Learn;
using Jiesu.Intelligence.Features.Locate;
using Jiesu.Intelligence.Features.Notice;
using Jiesu.Intelligence.Features.Words;

namespace Jiesu.Intelligence.Features.Advise;

/// <summary>智能建议 for one request or many.</summary>
internal sealed class OrderAdvisor(ICatalogue catalogue, IUnitDirectory units, DayTools tools, Aliases aliases, WordBook words, IOrderTexts texts, Corrections corrections, UnitHistory history) : IOrderAdvisor
{
    private const int MostClasses = 5;

    /// <summary>More than anyone is shown: the asker drops those out of scope.</summary>
    private const int MostSimilar = 50;

    private const double LeastClassScore = 0.01;

    /// <summary>Below this trust in the model the reader is told why the scores are low.</summary>
    private const double Strange = 0.7;

    public async Task<Advice> AdviseAsync(AdviceQuestion question, CancellationToken ct)
    {
        var advice = (await AdviseAsync([question], ct))[0];
        var similar = await texts.FindSimilarAsync($"{question.Title}\n{question.Text}", except: null, MostSimilar, ct);
        return advice with { Similar = similar };
    }

    public async Task<IReadOnlyList<Advice>> AdviseAsync(IReadOnlyList<AdviceQuestion> questions, CancellationToken ct)
    {
        var day = tools.For(await catalogue.GetAsync(ct), await aliases.GetAsync(ct), await words.GetAsync(ct));
        var card = day.Model.Card;
        var memory = await corrections.SinceAsync(card.Version, card.Samples == 0 ? DateTimeOffset.MinValue : card.TrainedAt, ct);
        var read = questions.Select(q => Understood.Of(q, day, memory)).ToArray();
        var record = await history.OfAsync([.. read.SelectMany(r => r.Classes).Select(c => c.Code).Distinct()], ct);
        var tree = await units.GetAsync(ct);
        return [.. read.Select(r => r.Advise(day, tree, record))];
    }

    /// <summary>What a request says: class and place, from which the rest follows.</summary>
    internal sealed record Understood(AdviceQuestion Question, string Plain, IReadOnlyList<ClassAdvice> Classes, IReadOnlyList<AddressAdvice> Addresses)
    {
        public static Understood Of(AdviceQuestion question, Tools tools, Corrections.Memory memory)
        {
            var plain = PlainText.Of(question.Title, question.Text);
            return new(question, plain, ClassesOf(plain, tools, memory.About(plain)), tools.Locator.Locate(question.Address, plain, tools.Day.FindPlace(question.Town), question.Lon, question.Lat));
        }

        public Advice Advise(Tools tools, UnitTree tree, UnitRecord record) => new(
            Classes, UnitAdvisor.Advise(tools.Day, tree, Classes, Addresses, Plain, record), Addresses, tools.Keywords.Of(Plain, Classes.Count > 0 ? Classes[0].Evidence : ""),
            Entities.In(PlainText.Of(Question.Address, Plain)), EntitySpans.Of(Question), tools.ElementsOf(Question.Address), Flags.Of(Plain), [], tools.Model.Card.Version);
    }

    /// <summary>Best first; classes that have ended since the model learned them are left out.</summary>
    private static IReadOnlyList<ClassAdvice> ClassesOf(string plain, Tools tools, Corrections.Say? say)
    {
        var grams = Grams.Of(plain);
        if (!tools.Model.Knows(grams) && say is null)
        {
            return [];
        }

        var byModel = tools.Scores(grams).Index().ToDictionary(s => tools.Model.Codes[s.Index], s => s.Item);
        var indexes = tools.Model.Codes.Index().ToDictionary(c => c.Item, c => c.Index);
        var scores = say?.Mix(byModel) ?? byModel;
        var isStrange = tools.Model.Trust(grams) < Strange;

        // However doubtful, the best one stays: among hundreds of classes no score is high, and without a class no unit is advised.
        return [.. scores.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Where((s, rank) => rank == 0 || s.Value >= LeastClassScore)
            .Select(s => (Index: indexes.GetValueOrDefault(s.Key, -1), Score: s.Value, Node: tools.Day.FindClass(s.Key))).Where(s => s.Node is not null).Take(MostClasses)
            .Select(s => new ClassAdvice(s.Node!.Code, s.Node.Name, s.Node.Path, Math.Round(s.Score, 3), (isStrange ? "用语与以往工单差别大；" : "") + EvidenceOf(plain, tools.Model, s.Index, s.Node.Code, say), say is null && s.Score >= tools.Model.Calibration.Sure))];
    }

    /// <summary>Words that spoke for the class; before them, that like orders were put right by people.</summary>
    private static string EvidenceOf(string plain, ClassModel model, int index, string code, Corrections.Say? say)
    {
        var words = index >= 0 ? Evidence.Of(plain, model, index) : "";
        return say?.Classes.GetValueOrDefault(code).Corrections is > 0 and var corrections ? $"{corrections} 件相似工单经人工改为此类{(words.Length > 0 ? "；" : "")}{words}" : words;
    }
}
