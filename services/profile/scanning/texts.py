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
    Rejection.INFECTED: _("文件含有病毒，已被拒绝，请清除病毒或重新扫描后上传。"),
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
    "read_well": _("文字清晰，可以辨认。"),
    "read_badly": _("文字不够清晰，请重新扫描或拍摄更清晰的图片。"),
    "nothing_read": _("没有识别出文字，请检查是否清晰、是否上传了正确的文件。"),
    "not_read": _("系统未能识别这份扫描件，将由审核人员查看。"),
    "looks_small": _("图片太小，文字难以辨认，请用更高的分辨率重新扫描或拍摄。"),
    "looks_blurred": _("图片模糊，请对准焦点、拿稳后重新拍摄，或用扫描仪扫描。"),
    "looks_dark": _("图片太暗，请在光线充足的地方重新拍摄，或用扫描仪扫描。"),
    "looks_bright": _("图片过亮或反光，请避开强光后重新拍摄，或用扫描仪扫描。"),
    "looks_cropped": _("图片边缘的文字被裁掉了，请把整页拍摄或扫描完整。"),
    "photo_dark": _("照片太暗，请上传光线充足的近期照片。"),
    "photo_bright": _("照片过亮，请上传曝光正常的近期照片。"),
    "face_found": _("照片上有一张正面人脸。"),
    "face_missing": _("照片上没有找到正面人脸，请上传近期免冠正面照片。"),
    "faces_several": _("照片上似乎不止一张人脸，请上传单人照片。"),
    "slot_fits": _("文件类型与上传位置相符。"),
    "not_a_portrait": _("这张图片含有较多文字，不像证件照，请上传近期免冠正面彩色照片。"),
    "no_portrait": _("这张图片不像证件照，请上传近期免冠正面彩色照片。"),
    "only_the_back": _("这是身份证的国徽面，请上传印有姓名和号码的人像面。"),
    "not_the_document": _("这份文件不像所选的证件，请上传与证件类型一致的扫描件。"),
    "a_card_as_proof": _("这里需要证明材料，上传的似乎是身份证，请更换文件。"),
    "name_found": _("扫描件上有填写的姓名。"),
    "name_missing": _("扫描件上没有找到填写的姓名，请核对姓名或更换文件。"),
    "id_number_found": _("扫描件上有填写的证件号码。"),
    "id_number_missing": _("扫描件上没有找到填写的证件号码，请核对号码或更换文件。"),
    "checksum_right": _("扫描件上的身份证号码校验正确。"),
    "checksum_wrong": _("扫描件上的身份证号码校验不通过，可能不清晰，请核对或重新扫描。"),
    "birth_agrees": _("出生日期与扫描件一致。"),
    "birth_differs": _("出生日期与扫描件不一致，请核对后修改。"),
    "gender_agrees": _("性别与扫描件一致。"),
    "gender_differs": _("性别与扫描件不一致，请核对后修改。"),
    "certificate_number_found": _("扫描件上有填写的证书编号。"),
    "certificate_number_missing": _("扫描件上没有找到填写的证书编号，请核对编号或更换文件。"),
    "date_found": _("扫描件上有填写的日期。"),
    "date_missing": _("扫描件上没有找到填写的日期，请核对日期或更换文件。"),
}


def reason(code: str) -> str:
    """The Chinese source sentence for a rejected file's code."""
    return REASONS[Rejection(code)]


def finding(code: str) -> str:
    """The Chinese source sentence for a check's code."""
    return FINDINGS[code]
