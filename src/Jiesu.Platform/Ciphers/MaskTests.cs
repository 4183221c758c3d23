using CsCheck;

namespace Jiesu.Platform.Ciphers;

public sealed class MaskTests
{
    [Theory]
    [InlineData("张三", "张**")]
    [InlineData("欧阳建国", "欧**")]
    [InlineData("𠮷田", "𠮷**")]
    [InlineData("", "")]
    public void A_name_shows_its_first_character(string name, string shown) => Assert.Equal(shown, Mask.Name(name));

    [Theory]
    [InlineData("13812345678", "138****5678")]
    [InlineData("138-1234-5678", "138****5678")]
    [InlineData("+86 138 1234 5678", "138****5678")]
    [InlineData("１３８12345678", "138****5678")]
    [InlineData("010-63891234", "010-****1234")]
    [InlineData("(0351)6389123", "0351-****9123")]
    [InlineData("63891234", "****1234")]
    [InlineData("12345", "*****")]
    [InlineData("13812345678、13987654321", "138****5678、139****4321")]
    [InlineData("张三13812345678转801", "**138****5678*****")]
    public void A_phone_shows_no_more_than_its_ends(string phone, string shown) => Assert.Equal(shown, Mask.Phone(phone));

    [Fact]
    public void No_mobile_number_is_left_whole() => Gen.Select(Gen.Long[13_000_000_000, 19_999_999_999], Gen.Char[" -()/,转"], Gen.Int[1, 10]).Sample((number, sign, at) =>
        !string.Concat(Mask.Phone(number.ToString(System.Globalization.CultureInfo.InvariantCulture).Insert(at, sign.ToString())).Where(char.IsAsciiDigit)).Contains($"{number}", StringComparison.Ordinal));

    [Theory]
    [InlineData("110101199001011234", "110***********1234")]
    [InlineData("11010119900101123X", "110***********123X")]
    [InlineData("110101900101123", "110********1123")]
    [InlineData("E12345678", "*********")]
    public void An_identity_number_shows_its_ends(string number, string shown) => Assert.Equal(shown, Mask.IdCard(number));

    [Theory]
    [InlineData("丰台区芳星园二区3号楼2单元501室", "丰台区芳星园二区3号楼***")]
    [InlineData("蒲黄榆路1号院6号楼1204", "蒲黄榆路1号院6号楼***")]
    [InlineData("某大厦B座12层", "某大厦B座***")]
    [InlineData("光明胡同8号院东房3室", "光明胡同8号院东房***")]
    [InlineData("方庄路与蒲方路路口", "方庄路与蒲方路路口")]
    public void An_address_ends_at_the_building(string address, string shown) => Assert.Equal(shown, Mask.Address(address));
}
