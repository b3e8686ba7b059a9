"""What Pydantic finds wrong, in sentences for people: the thing is named, the input is never repeated."""

from collections.abc import Mapping, Sequence
from typing import Any

from shared.contracts.refusals import Fault
from shared.contracts.texts import _

SENTENCES: Mapping[str, tuple[str, str]] = {
    "missing": ("required", _("请填写“{field}”。")),
    "extra_forbidden": ("unknown_field", _("没有名为“{field}”的字段。")),
    "string_too_long": ("too_long", _("“{field}”最多 {max_length} 个字。")),
    "string_too_short": ("too_short", _("“{field}”至少 {min_length} 个字。")),
    "string_type": ("wrong_type", _("“{field}”须为文字。")),
    "string_pattern_mismatch": ("wrong_format", _("“{field}”的格式不正确。")),
    "literal_error": ("not_a_choice", _("“{field}”只能是规定的选项之一。")),
    "enum": ("not_a_choice", _("“{field}”只能是规定的选项之一。")),
    "bool_type": ("wrong_type", _("“{field}”须为是或否。")),
    "bool_parsing": ("wrong_type", _("“{field}”须为是或否。")),
    "int_type": ("wrong_type", _("“{field}”须为整数。")),
    "int_parsing": ("wrong_type", _("“{field}”须为整数。")),
    "uuid_parsing": ("not_an_id", _("“{field}”须为标识号（UUID）。")),
    "uuid_type": ("not_an_id", _("“{field}”须为标识号（UUID）。")),
    "date_from_datetime_parsing": ("not_a_date", _("“{field}”须为日期，如 2026-11-20。")),
    "date_parsing": ("not_a_date", _("“{field}”须为日期，如 2026-11-20。")),
    "datetime_parsing": ("not_a_date", _("“{field}”须为时间，如 2026-11-20T08:00:00+08:00。")),
    "list_type": ("wrong_type", _("“{field}”须为列表。")),
    "too_long": ("too_many", _("“{field}”最多 {max_length} 项。")),
    "too_short": ("too_few", _("“{field}”至少 {min_length} 项。")),
    "dict_type": ("wrong_type", _("“{field}”须为对象。")),
    "model_attributes_type": ("wrong_type", _("请求内容须为 JSON 对象。")),
    "model_type": ("wrong_type", _("请求内容须为 JSON 对象。")),
    "json_invalid": ("malformed", _("请求内容不是有效的 JSON。")),
    "greater_than_equal": ("out_of_range", _("“{field}”不能小于 {ge}。")),
    "less_than_equal": ("out_of_range", _("“{field}”不能大于 {le}。")),
}
OTHERWISE = ("invalid_value", _("“{field}”填写有误，请检查。"))
EMPTY = _("请求没有内容。")
AS_A_WHOLE = _("所填内容有误，或前后不一致，请检查。")


def faults_of(errors: Sequence[Mapping[str, Any]]) -> list[Fault]:
    """Each of Pydantic's errors as a fault; at most a hundred, which nobody reads to the end anyway."""
    return [_fault(error) for error in errors[:100]]


def _fault(error: Mapping[str, Any]) -> Fault:
    """One error as a fault that names its field; one of all that was sent names none."""
    code, message = SENTENCES.get(str(error["type"]), OTHERWISE)
    _where, *path = error.get("loc") or ("",)
    name = ".".join(map(str, path))[:200] if error["type"] != "json_invalid" else ""
    if not name and "{field}" in message:
        message = EMPTY if code == "required" else AS_A_WHOLE
    bounds = {key: value for key, value in (error.get("ctx") or {}).items() if isinstance(value, int | float)}
    return Fault(code, message, field=name or None, values=(("field", name), *bounds.items()))
