using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Jiesu.Identity.Access;

/// <summary>来源地址: as the connection or a known proxy says; headers of strangers do not count.</summary>
internal static class Source
{
    public static string Of(HttpContext? http) => http?.Connection.RemoteIpAddress is { } address
        ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()
        : "";

    /// <summary>One household has a whole /64 of IPv6: it counts as one.</summary>
    public static string GroupOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        return address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8))
            : Of(http);
    }
}
