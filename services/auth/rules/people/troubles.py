"""Everything that can be wrong with a list of people: a stable code each, and a sentence that says what to do."""

from collections.abc import Mapping
from typing import NamedTuple

from shared.contracts.texts import _


class Trouble(NamedTuple):
    """One trouble: its code, the field or `file`, and what fills the sentence's placeholders (never a value)."""

    code: str
    field: str
    values: tuple[tuple[str, str | int], ...] = ()


FILE: Mapping[str, str] = {
    "file_empty": _("文件是空的，请重新选择文件。"),
    "file_missing": _("请选择要导入的文件。"),
    "not_a_spreadsheet": _("无法读取该文件，请用 Excel 或 WPS 另存为 .xlsx、.xls 或 .csv 后重新上传。"),
    "file_locked": _("文件设有打开密码，请取消密码后重新上传。"),
    "file_inflates": _("文件展开后过大，请删除图片和多余的工作表后重新上传。"),
    "encoding_unknown": _("无法识别文件的文字编码，请另存为 .xlsx，或另存为 UTF-8 编码的 .csv。"),
    "csv_broken": _("第 {row} 行的引号或分隔符有误，请改正，或另存为 .xlsx 后重新上传。"),
    "headings_missing": _("没有找到表头，请使用模板，表头应有：{columns}。"),
    "column_missing": _("缺少“{column}”一列，请使用模板或补上该列。"),
    "column_twice": _("“{column}”一列出现了不止一次，请只保留一列。"),
    "column_unknown": _("不认识“{column}”一列，请改用模板中的表头，或删除该列。"),
    "too_many_columns": _("列数过多，最多 {maximum} 列，请使用模板。"),
    "no_rows": _("表头下面没有人员，请填写后重新上传。"),
    "too_many_rows": _("人员超过 {maximum} 行，请拆成几个文件分别导入。"),
}
CELLS: Mapping[str, str] = {
    "cell_is_formula": _("“{column}”是公式，请复制后“选择性粘贴—数值”再上传。"),
    "cell_is_error": _("“{column}”是表格的出错值（如 #N/A），请改为正确内容。"),
    "cell_is_date": _("“{column}”是日期格式，请将该列设为文本后重新填写。"),
    "cell_is_number": _("“{column}”是数字，请将该列设为文本后重新填写。"),
    "cell_is_yes_or_no": _("“{column}”是 TRUE/FALSE，请改为正确内容。"),
    "cell_characters": _("“{column}”含有换行、不可见或不允许的字符，请删除后重新填写。"),
    "cell_too_long": _("“{column}”过长，最多 {maximum} 个字。"),
    "cell_masked": _("“{column}”含有 * 号，请填写完整内容。"),
    "cells_beyond": _("该行比表头多出内容，请检查是否错列。"),
    "blank_row": _("空行，已跳过。"),
    "headings_again": _("重复的表头，请删除该行。"),
    "total_row": _("这是合计行，请删除该行。"),
}
PEOPLE: Mapping[str, str] = {
    "name_missing": _("请填写姓名。"),
    "name_too_short": _("姓名至少 2 个字，请填写全名。"),
    "name_characters": _("姓名只能包含汉字、字母和 · . - ' 与空格，请检查是否错列。"),
    "id_number_missing": _("请填写身份证件号码。"),
    "id_number_is_number": _("身份证号列请设为文本后重新填写：表格软件会把它存成数字并舍去末尾几位。"),
    "id_number_rounded": _("身份证件号码已被表格软件舍入，请将该列设为文本后重新填写完整号码。"),
    "id_number_fifteen": _("这是 15 位旧身份证号，请填写 18 位号码。"),
    "id_number_length": _("居民身份证号应为 18 位，请逐位核对。"),
    "id_number_form": _("身份证件号码的写法不符合该证件类型，请核对号码与证件类型。"),
    "id_number_birth_date": _("身份证号中的出生日期不存在，请逐位核对。"),
    "id_number_future": _("身份证号中的出生日期晚于今天，请逐位核对。"),
    "id_number_too_young": _("身份证号中的出生日期表明此人未满 {minimum} 周岁，请逐位核对。"),
    "id_number_checksum": _("身份证号校验码不符，请逐位核对。"),
    "id_type_unknown": _("不认识该证件类型，请从模板的下拉列表中选择。"),
    "id_type_needed": _("该号码不是居民身份证号，请增加“证件类型”一列并注明类型。"),
    "mobile_missing": _("请填写移动电话。"),
    "mobile_rounded": _("移动电话已被表格软件改写，请将该列设为文本后重新填写。"),
    "mobile_is_landline": _("这是固定电话，请填写 11 位手机号码。"),
    "mobile_several": _("请只填写一个手机号码。"),
    "not_a_mobile": _("移动电话应为 11 位手机号码，境外号码请以 + 和国家代码开头。"),
    "email_missing": _("请填写电子邮箱，帐号通知将发往该邮箱。"),
    "email_several": _("请只填写一个电子邮箱。"),
    "not_an_email": _("邮箱地址无效，请检查后重新填写。"),
    "employer_missing": _("请填写所在单位。"),
}
AGAINST: Mapping[str, str] = {
    "id_number_twice": _("与第 {row} 行的身份证件号码相同，请只保留一行。"),
    "employer_unknown": _("系统中没有这个单位，请先新增单位，或从模板的下拉列表中选择。"),
    "employer_ambiguous": _("有不止一个同名单位，请改填统一社会信用代码。"),
    "employer_disabled": _("该单位已停用，请改填其他单位。"),
    "employer_elsewhere": _("该单位不受理此申报项目，请改填其他单位，或先为该单位开通。"),
    "employer_is_office": _("这是审核机构而不是用人单位，请填写人员所在的单位。"),
    "already_imported": _("此人已有该项目的帐号，无需再次导入。"),
    "name_differs": _("该身份证件号码已属于另一个姓名的帐号，请核对姓名和号码。"),
    "account_disabled": _("此人的帐号已停用，请先在帐号管理中启用。"),
    "not_created": _("开通时出现意外，已记录，请稍后对该行重新导入。"),
}
SENTENCES: Mapping[str, str] = {**FILE, **CELLS, **PEOPLE, **AGAINST}


def sentence_of(code: str) -> str:
    """The Chinese source sentence of a trouble; KeyError for a code that there is not."""
    return SENTENCES[code]
