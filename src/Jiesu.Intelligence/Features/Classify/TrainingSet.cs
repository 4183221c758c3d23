namespace Jiesu.Intelligence.Features.Classify;

/// <summary>训练样本: texts as counted pieces with the class a person gave them; the texts themselves are not kept.</summary>
internal sealed class TrainingSet
{
    private readonly List<uint[]> _texts = [];
    private readonly List<string> _codes = [];

    public int Count => _texts.Count;

    public IReadOnlyList<uint[]> Texts => _texts;

    public IReadOnlyList<string> Codes => _codes;

    public void Add(string plain, string code)
    {
        var grams = Grams.Of(plain);
        if (grams.Length > 0)
        {
            _texts.Add(grams);
            _codes.Add(code);
        }
    }
}
