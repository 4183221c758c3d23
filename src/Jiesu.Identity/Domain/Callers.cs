using System.Security.Cryptography;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Ciphers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Masking = Jiesu.Platform.Ciphers.Mask;

namespace Jiesu.Identity.Domain;

internal sealed class Callers(JiesuDb db, FieldCipher cipher, IAuditLog audit, IOptions<IdentitySettings> settings, TimeProvider clock) : ICallers
{
    /// <summary>Nobody looks at more calls of one person.</summary>
    private const int MostSame = 200;
    private const string Table = "identity_caller";
    private const string PhoneColumn = Table + ".phone";

    /// <summary>Stands for all of a secret caller.</summary>
    private const string Secret = "保密";

    public static Error NotFound() => new(ErrorKind.NotFound, "caller.not_found", "找不到这位诉求人。");
    public static Error PurposeMissing() => new(ErrorKind.Invalid, "caller.purpose_missing", "请填写查看用途，2 到 200 字。", "purpose");
    public static Error SecretCaller() => new(ErrorKind.Forbidden, "caller.secret", "诉求人要求保密，不能查看；如需联系，请由指挥中心转接。");
    /// <param name="wait">Until the next day begins in Beijing.</param>
    public static Error QuotaSpent(TimeSpan wait) => new(ErrorKind.TooMany, "caller.quota_spent", "今天查看诉求人的次数已用完，请明天再试，或请指挥中心审核员代为联系。") { RetryAfter = wait };

    /// <summary>Whether these keys open the row; for the self-check, which shows nobody.</summary>
    public static bool CanOpen(FieldCipher keys, Caller caller)
    {
        try
        {
            _ = caller.Name is null ? "" : keys.Decrypt(caller.Name, Place("name", caller.Id));
            _ = caller.Phone is null ? "" : keys.Decrypt(caller.Phone, Place("phone", caller.Id));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public CallerId Add(CallerDraft draft)
    {
        var (id, name, phone) = (CallerId.Next(), Blank(draft.Name), Blank(draft.Phone));
        db.Add(new Caller
        {
            Id = id,
            Name = name is null ? null : cipher.Encrypt(name, Place("name", id)),
            Phone = phone is null ? null : cipher.Encrypt(phone, Place("phone", id)),
            PhoneIndex = phone is null ? null : cipher.BlindIndex(phone, PhoneColumn),
            IsSecret = draft.IsSecret,
            At = clock.GetUtcNow(),
        });
        return id;
    }

    public MaskedCaller Mask(CallerDraft draft) =>
        draft.IsSecret ? new(Secret, Secret) : new(Masking.Name(Blank(draft.Name) ?? ""), Masking.Phone(Blank(draft.Phone) ?? ""));

    public async Task<IReadOnlyDictionary<CallerId, MaskedCaller>> MaskAsync(IReadOnlyCollection<CallerId> ids, CancellationToken ct) =>
        await db.Set<Caller>().AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, Masked, ct);

    public async Task<Result<RevealedCaller>> RevealAsync(CallerId id, string subject, string? purpose, bool maySeeSecret, Actor actor, CancellationToken ct)
    {
        if (purpose?.Trim() is not { Length: >= 2 and <= 200 } stated)
        {
            return PurposeMissing();
        }

        if (await db.Set<Caller>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } caller)
        {
            return NotFound();
        }

        if (caller.IsSecret && !maySeeSecret)
        {
            return SecretCaller();
        }

        return await CountAsync(subject, stated, actor, ct)
            ? new RevealedCaller(Open(caller.Name, "name", id), Open(caller.Phone, "phone", id))
            : QuotaSpent(clock.Today().AddDays(1).StartOfDay() - clock.GetUtcNow());
    }

    public async Task<IReadOnlyList<string>> TracesAsync(CallerId id, CancellationToken ct) =>
        await db.Set<Caller>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is { } caller ? Traces(caller) : [];

    public async Task<IReadOnlyDictionary<CallerId, IReadOnlyList<string>>> TracesAsync(IReadOnlyCollection<CallerId> ids, CancellationToken ct) =>
        await db.Set<Caller>().AsNoTracking().Where(c => ids.Contains(c.Id) && (c.Name != null || c.Phone != null)).ToDictionaryAsync(c => c.Id, Traces, ct);

    public async Task<IReadOnlyDictionary<CallerId, CallerId>> PersonsAsync(IReadOnlyCollection<CallerId> ids, CancellationToken ct)
    {
        var known = await db.Set<Caller>().AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.PhoneIndex }).ToListAsync(ct);
        return known.GroupBy(c => c.PhoneIndex ?? c.Id.ToString()).SelectMany(g => g.Select(c => (c.Id, Person: g.First().Id))).ToDictionary(c => c.Id, c => c.Person);
    }

    public IQueryable<CallerPhone> Phones() => db.Set<Caller>().AsNoTracking().Select(c => new CallerPhone { Caller = c.Id, PhoneIndex = c.PhoneIndex });

    public async Task<IReadOnlyList<CallerId>> FindByPhoneAsync(string phone, CancellationToken ct)
    {
        var wanted = cipher.BlindIndexes(phone, PhoneColumn);
        return await db.Set<Caller>().Where(c => !c.IsSecret && wanted.Contains(c.PhoneIndex!)).OrderByDescending(c => c.At).Select(c => c.Id).Take(MostSame).ToListAsync(ct);
    }

    public async Task<KnownCaller?> FindAsync(CallerId id, CancellationToken ct)
    {
        var rows = await (
            from caller in db.Set<Caller>().AsNoTracking().Where(x => x.Id == id)
            join other in db.Set<Caller>() on caller.PhoneIndex equals other.PhoneIndex into same
            from other in same.DefaultIfEmpty()
            orderby other.At descending
            select new { Caller = caller, Other = other }).Take(MostSame + 1).ToListAsync(ct);
        return rows.Count == 0 ? null
            : new(Masked(rows[0].Caller), rows[0].Caller.IsSecret ? [] : [.. rows.Select(r => r.Other).OfType<Caller>().Select(c => c.Id).Where(c => c != id)]);
    }

    /// <summary>Count and record stand in one save: of two reveals at once the later begins again, and none is shown unwritten (SEC-52).</summary>
    private async Task<bool> CountAsync(string subject, string purpose, Actor actor, CancellationToken ct)
    {
        while (true)
        {
            var count = await TodayAsync(actor.PersonId, ct);
            if (count.Count >= settings.Value.RevealsPerDay)
            {
                return false;
            }

            count.Count++;
            audit.Record(actor, "caller.reveal", subject, purpose);
            if (await db.TrySaveAsync(ct))
            {
                return true;
            }

            db.ChangeTracker.Clear();
        }
    }

    private async Task<RevealCount> TodayAsync(Guid personId, CancellationToken ct)
    {
        var day = clock.Today();
        if (await db.Set<RevealCount>().SingleOrDefaultAsync(x => x.PersonId == personId && x.Day == day, ct) is { } known)
        {
            return known;
        }

        var fresh = new RevealCount { PersonId = personId, Day = day };
        db.Add(fresh);
        return fresh;
    }

    private MaskedCaller Masked(Caller caller) => Mask(new(Open(caller.Name, "name", caller.Id), Open(caller.Phone, "phone", caller.Id), caller.IsSecret));

    private IReadOnlyList<string> Traces(Caller caller) => [.. new[] { Open(caller.Name, "name", caller.Id), Open(caller.Phone, "phone", caller.Id) }.OfType<string>()];

    private string? Open(byte[]? value, string column, CallerId id) => value is null ? null : cipher.Decrypt(value, Place(column, id));

    private static FieldPlace Place(string column, CallerId id) => new(Table, column, id.Value.ToString("N"));

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
