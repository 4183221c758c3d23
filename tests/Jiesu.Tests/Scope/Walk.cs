using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace Jiesu.Tests.Scope;

/// <summary>One person tries one door after the other. Reads ask for everything; writes are whole where the order is out of scope, and empty where they could do something.</summary>
internal sealed partial class Walk
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Dictionary<string, string> Bodies = new() { ["advice"] = $$"""{"text":"{{MarkedOrder.Common}}","title":"{{MarkedOrder.Common}}"}""", ["reveal"] = """{"purpose":"核实情况"}""" };

    private readonly MarkedDistrict _district;
    private readonly Walker _walker;
    private readonly string _token;
    private readonly MarkedOrder _absent = MarkedOrder.Absent();
    private readonly Dictionary<(Door, string), string> _silence = [];
    private readonly HashSet<string> _seen = [];
    private readonly List<string> _faults = [];

    private Walk(MarkedDistrict district, Walker walker, string token) => (_district, _walker, _token) = (district, walker, token);

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>What is the walker's to see and stood behind no door.</summary>
    public IEnumerable<string> NeverSeen => Own.SelectMany(o => o.Secrets).Except(_seen);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IEnumerable<MarkedOrder> Own => _district.Orders.Where(_walker.Sees);

    private IEnumerable<MarkedOrder> Foreign => _district.Orders.Where(o => !_walker.Sees(o));

    public static async Task<Walk> BeginAsync(MarkedDistrict district, Walker walker)
    {
        var page = await walker.Client.GetStringAsync(new Uri("/orders/new", UriKind.Relative), Ct);
        return new(district, walker, FormToken().Match(page).Groups[1].Value);
    }

    public async Task ThroughAsync(Door door)
    {
        if (door.Depth == 0)
        {
            foreach (var address in door.Addresses(_district, _absent).SelectMany(a => door.IsRead ? Asked(a) : [a]))
            {
                await AskAsync(door, address, isWhole: door.Pattern.RawText!.EndsWith("advice", StringComparison.Ordinal));
            }

            return;
        }

        foreach (var own in Own)
        {
            foreach (var address in door.Addresses(_district, own))
            {
                await AskAsync(door, address, isWhole: false);
            }
        }

        foreach (var foreign in Foreign)
        {
            await CompareAsync(door, foreign, door.Addresses(_district, foreign), door.Addresses(_district, _absent));
            foreach (var own in Own.Where(_ => door.Depth > 1))
            {
                await CompareAsync(door, foreign, door.Addresses(_district, own, foreign), door.Addresses(_district, own, _absent));
            }
        }
    }

    /// <summary>What lists, searches, counts and exports can be asked for.</summary>
    private IEnumerable<string> Asked(string address) =>
    [
        address, $"{address}?q={MarkedOrder.Common}", $"{address}?q={MarkedOrder.Common}&format=csv", $"{address}?format=xlsx",
        .. _district.Orders.SelectMany(o => new[] { $"q={o.Title}", $"unit={o.Unit}", $"order={o.Id}" }).Select(q => $"{address}?{q}"),
    ];

    /// <summary>Out of scope and absent are told apart by nothing.</summary>
    private async Task CompareAsync(Door door, MarkedOrder foreign, IReadOnlyList<string> addresses, IReadOnlyList<string> nowhere)
    {
        foreach (var (address, absent) in addresses.Zip(nowhere))
        {
            var told = (await AskAsync(door, address, isWhole: true)).Alike(foreign);
            if (!_silence.TryGetValue((door, absent), out var silence))
            {
                silence = _silence[(door, absent)] = (await AskAsync(door, absent, isWhole: true)).Alike(_absent);
            }

            if (told != silence || told.StartsWith('2'))
            {
                _faults.Add($"{_walker.Name}, {door}: {address} answers\n{told}\nand what is absent\n{silence}");
            }
        }
    }

    private async Task<Answer> AskAsync(Door door, string address, bool isWhole)
    {
        using var request = new HttpRequestMessage(new HttpMethod(door.Method), address) { Content = door.IsRead ? null : Body(door, isWhole) };
        if (isWhole && !door.IsRead)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue("\"1\""));
            request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(Patience);
        using var response = await _walker.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        var answer = await Answer.ReadAsync(response, limit.Token);
        Look(door, address, answer);
        return answer;
    }

    private void Look(Door door, string address, Answer answer)
    {
        var forbidden = Foreign.SelectMany(o => o.Secrets).Concat(_district.Orders.SelectMany(o => o.Veiled)).Where(word => !address.Contains(word, StringComparison.Ordinal));
        _faults.AddRange(forbidden.Where(word => answer.Text.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(word => $"{_walker.Name}, {door}: {address} tells {word}."));
        _seen.UnionWith(Own.SelectMany(o => o.Secrets).Where(word => answer.Text.Contains(word, StringComparison.Ordinal)));
        if (answer.Status >= (int)HttpStatusCode.InternalServerError)
        {
            _faults.Add($"{_walker.Name}, {door}: {address} answers {answer.Status}.");
        }
    }

    private HttpContent Body(Door door, bool isWhole)
    {
        if (door.TakesFiles)
        {
            var form = new MultipartFormDataContent { { new StringContent(_token), "__RequestVerificationToken" } };
            if (isWhole)
            {
                form.Add(new StringContent("现场情况"), "file", "a.txt");
            }

            return form;
        }

        return door.IsApi
            ? new StringContent((isWhole ? Bodies.GetValueOrDefault(door.Pattern.RawText!.Split('/')[^1]) : null) ?? "{}", Encoding.UTF8, "application/json")
            : new FormUrlEncodedContent(Fields(isWhole));
    }

    private IEnumerable<KeyValuePair<string, string>> Fields(bool isWhole) =>
    [
        new("__RequestVerificationToken", _token),
        .. isWhole ? new Dictionary<string, string> { ["version"] = "1", ["key"] = Guid.CreateVersion7().ToString(), ["lead"] = _district.Orders[0].Unit, ["purpose"] = "核实情况", ["note"] = "核实情况", ["title"] = MarkedOrder.Common, ["content"] = MarkedOrder.Common } : [],
    ];

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex FormToken();
}
