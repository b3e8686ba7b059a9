"""The unified social credit code of organizations (GB 32100-2015): eighteen characters, the last a check."""

from shared.programmes.shape.faults import Unfit
from shared.programmes.shape.readings import Limits
from shared.programmes.shape.typing_in import folded


def is_credit_code(code: str) -> bool:
    """Whether a code in upper case is well formed and its check character fits."""
    from stdnum.cn import uscc  # noqa: PLC0415 - only the few who found companies need its tables

    return bool(uscc.is_valid(code)) and uscc.compact(code) == code


def read(value: object, _limits: Limits) -> str:
    """The code as it is kept: upper case, full-width characters folded."""
    code = folded(value, keep=str.upper)
    if not is_credit_code(code):
        raise Unfit("not_a_credit_code")
    return code
