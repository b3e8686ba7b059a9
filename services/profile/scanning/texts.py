"""The sentences that people read: one for each reason to refuse a file, one for each finding of a check."""

from collections.abc import Mapping
from typing import Final

from services.profile.scanning.outcome import Rejection
from shared.contracts.texts import _

REASONS: Final[Mapping[Rejection, str]] = {
    Rejection.FILE_EMPTY: _("文件是空的，请重新选择文件上传。"),
    Rejection.TYPE_NOT_ACCEPTED: _("不支持的文件类型，请上传 JPEG、PNG、WebP、TIFF、HEIC 或 PDF 文件。"),
    Rejection.TOO_LARGE: _("文件超过 20 MB，请压缩或降低分辨率后重新上传。"),
    Rejection.TOO_SMALL: _("图片尺寸过小，无法辨认，请上传更清晰的图片。"),
    Rejection.TOO_MANY_PIXELS: _("图片超过 5000 万像素，请降低分辨率后重新上传。"),
    Rejection.TOO_MANY_PAGES: _("文件超过 30 页，请拆分后重新上传。"),
    Rejection.TOO_COMPLEX: _("文件过于复杂，无法处理，请打印后重新扫描，或另存为 JPEG 图片上传。"),
    Rejection.ENCRYPTED: _("PDF 文件设有密码，无法打开，请取消密码后重新上传。"),
    Rejection.CORRUPT: _("文件已损坏或不完整，无法打开，请检查后重新上传。"),
    Rejection.UNREADABLE: _("文件无法读取，请重新扫描或另存为 JPEG 图片后上传。"),
}

FINDINGS: Final[Mapping[str, str]] = {
    "photo_in_colour": _("照片为彩色。"),
    "photo_not_in_colour": _("照片似乎不是彩色的，请上传近期免冠正面彩色照片。"),
    "photo_large_enough": _("照片尺寸符合要求。"),
    "photo_small": _("照片尺寸偏小，请上传宽不少于 240 像素、高不少于 320 像素的照片。"),
    "photo_not_portrait": _("照片不是竖版，请上传竖版证件照。"),
    "not_blank": _("扫描件有内容。"),
    "looks_blank": _("扫描件似乎是空白的，请检查是否上传了正确的文件。"),
}


def reason(code: str) -> str:
    """The Chinese source sentence for a rejected file's code."""
    return REASONS[Rejection(code)]


def finding(code: str) -> str:
    """The Chinese source sentence for a check's code."""
    return FINDINGS[code]
