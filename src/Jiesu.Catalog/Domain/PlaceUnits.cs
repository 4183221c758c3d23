using Jiesu.Identity.Contracts;

namespace Jiesu.Catalog.Domain;

/// <summary>地点即单位: a street and a community act as units under their division code.</summary>
internal static class PlaceUnits
{
    public static UnitSeed Of(PlaceRow place) => new(
        UnitCode.From(place.Code), place.Name, place.ParentCode is null ? UnitKind.Street : UnitKind.Community, place.ParentCode is { } town ? UnitCode.From(town) : null);
}
