namespace Jiesu.Platform.Files;

/// <summary>Why a file is not taken or given.</summary>
public static class FileErrors
{
    public static Error TooLarge(long bytes) => new(ErrorKind.TooLarge, "file.too_large", $"文件超过 {Math.Max(1, bytes >> 20)} MB。请压缩或拆分后再上传。", "file");
    public static Error Empty() => new(ErrorKind.Invalid, "file.empty", "文件是空的。请重新选择文件。", "file");
    public static Error Absent() => new(ErrorKind.NotFound, "file.absent", "文件不存在。请刷新页面后重试。");
    public static Error KindUnknown(string known) => new(ErrorKind.Unsupported, "file.kind_unknown", $"不支持这种文件。请上传以下格式：{known}。", "file");
    public static Error KindMismatch(string extension) => new(ErrorKind.Unsupported, "file.kind_mismatch", $"文件内容不是 {extension}，与扩展名或申报的类型不符。请另存为正确的格式后再上传。", "file");
    public static Error Suspicious() => new(ErrorKind.Unsupported, "file.suspicious", "文件里夹带了脚本、宏或压缩包。请重新截图、另存或导出后再上传。", "file");
    public static Error OutOfProportion() => new(ErrorKind.Unsupported, "file.out_of_proportion", "文件展开后的体积异常，可能是压缩炸弹。请另存后再上传。", "file");
    public static Error TooManyPixels(int width, int height) => new(ErrorKind.Unsupported, "file.too_many_pixels", $"图片有 {width}×{height} 像素，超过 5000 万。请缩小后再上传。", "file");
    public static Error PictureDamaged() => new(ErrorKind.Unsupported, "file.picture_damaged", "图片已损坏或不完整，无法打开。请重新拍照或截图后再上传。", "file");
    public static Error HeicUnread() => new(ErrorKind.Unsupported, "file.heic_unread", "这台服务器不能打开 HEIC 照片。请在手机“设置-相机-格式”中选“兼容性最佳”，或转成 JPG 后再上传。", "file");
    public static Error NotShown() => new(ErrorKind.Unprocessable, "file.not_shown", "这个文件不能在页面中显示，可能已损坏、设有密码或过于庞大。请下载后打开。");
    public static Error Infected() => new(ErrorKind.Unsupported, "file.infected", "文件含有病毒，未保存。请在本机查杀后换一个文件上传。", "file");
}
