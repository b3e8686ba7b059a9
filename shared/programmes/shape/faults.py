"""What is wrong with a field: its code, and a sentence that names the thing in both languages."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from shared.programmes.shape.words import Words

LACKING = {
    "chosen": Words("请选择{title}", "Choose the {title}"),
    "uploaded": Words("请上传{title}", "Upload the {title}"),
    "entered": Words("请填写{title}", "Enter the {title}"),
}

SENTENCES = {
    "unknown_field": Words("没有名为“{name}”的字段", "There is no field named “{name}”"),
    "wrong_type": Words("{title}的格式不对：应为{expected}", "The {title} must be {expected}"),
    "too_long": Words(
        "{title}最多 {limit} 个字，现有 {length} 个",
        "The {title} may have {limit} characters; it has {length}",
    ),
    "character_refused": Words(
        "{title}中有不能使用的字符（{character}），请删除后重新填写",
        "The {title} holds a character that cannot be used ({character}); delete it and type the text again",
    ),
    "not_a_date": Words(
        "{title}不是有效日期，请按 2010-09-01 的样式填写",
        "The {title} is not a date; write it like 2010-09-01",
    ),
    "out_of_range": Words(
        "{title}应在 {minimum} 到 {maximum} 之间", "The {title} must lie between {minimum} and {maximum}"
    ),
    "too_many_decimals": Words("{title}最多保留 {limit} 位小数", "The {title} may have {limit} decimal places"),
    "not_a_choice": Words("{title}不在可选范围内，请重新选择", "The {title} is not one of the choices; choose again"),
    "not_an_email": Words("{title}不是有效的邮箱地址", "The {title} is not an e-mail address"),
    "not_a_phone": Words("{title}不是有效的电话号码", "The {title} is not a telephone number"),
    "not_a_mobile": Words(
        "{title}应为 11 位手机号码，境外号码请以 + 和国家代码开头",
        "The {title} must be a Chinese mobile number of 11 digits, or begin with + and the country code",
    ),
    "not_an_id_number": Words("{title}只能由字母和数字组成", "The {title} may have letters and digits only"),
    "id_number_length": Words("居民身份证号码应为 18 位", "A resident identity card number has 18 characters"),
    "id_number_birth_date": Words(
        "{title}中的出生日期不存在，请核对第 7 至 14 位",
        "The {title} holds no real birth date; check its characters 7 to 14",
    ),
    "id_number_checksum": Words(
        "{title}的校验码不对，请逐位核对",
        "The check digit of the {title} does not fit; compare it digit by digit",
    ),
    "id_number_form": Words("{title}与所选的证件类型不符", "The {title} does not have the form of the chosen document"),
    "not_a_credit_code": Words(
        "{title}不是有效的 18 位统一社会信用代码",
        "The {title} is not a unified social credit code of 18 characters",
    ),
    "not_an_id": Words("{title}所引用的编号无效", "The {title} does not name an id"),
    "too_many_scans": Words("{title}最多上传 {limit} 份", "The {title} may have {limit} files"),
    "scan_twice": Words("{title}中同一文件出现了两次", "The {title} names the same file twice"),
    "masked_value": Words(
        "{title}是打码后的内容，不能保存，请填写完整内容",
        "The {title} is a masked value; enter the whole of it",
    ),
    "end_before_start": Words("{title}不能早于{start}", "The {title} cannot be before the {start}"),
    "end_while_current": Words("选择“至今”时请将{title}留空", "Leave the {title} empty while it lasts to the present"),
    "too_few_entries": Words("{title}至少填写 {minimum} 条", "{title}: at least {minimum} entry is needed"),
}


class Fault(NamedTuple):
    """One thing that is wrong with one field; `field` is its identifier."""

    field: str
    code: str
    message: Words


class Faults(ValueError):  # noqa: N818 - what the applicant made are faults, not errors of ours
    """All that is wrong with the values of a section or an entry, at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{fault.field}: {fault.code}" for fault in self.faults))


class Unfit(Exception):  # noqa: N818 - a verdict on one value, turned into a Fault by its section
    """A value that cannot be taken, with the facts that its sentence needs. Never holds the value itself."""

    def __init__(self, code: str, **facts: "str | int | Words") -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)


def sentence(template: Words, **facts: str | int | Words) -> Words:
    """The template with its places filled, each language with its own words."""
    zh = {name: fact.zh if isinstance(fact, Words) else fact for name, fact in facts.items()}
    en = {name: _inside(fact.en) if isinstance(fact, Words) else fact for name, fact in facts.items()}
    return Words(_spaced(template.zh.format_map(zh)), _opened(template.en.format_map(en)))


def _inside(title: str) -> str:
    """The title as it stands inside a sentence: lower case unless it is an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]


def _spaced(text: str) -> str:
    """A space between 汉字 and letters or digits."""
    text = re.sub(r"([\u4e00-\u9fff])([A-Za-z0-9])", r"\1 \2", text)
    return re.sub(r"([A-Za-z0-9])([\u4e00-\u9fff])", r"\1 \2", text)
