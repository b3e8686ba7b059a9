"""Refusals by meaning: what a caller may not do, and why; the door alone turns a family into an HTTP status."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from shared.contracts.texts import _


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in what was sent, or missing from it.

    `message` is a Chinese source sentence, or both languages where a programme's own rule speaks.
    """

    code: str
    message: str | Mapping[str, str]
    field: str | None = None
    section: str | None = None
    entry: str | None = None
    values: tuple[tuple[str, object], ...] = ()


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """What every refusal has: a stable code, a sentence that says what to do, and what fills its placeholders.

    `sentence` is a Chinese source text marked with `_`; `values` fill its `{names}` at the door, and those in
    `members` are shown beside `code` in the problem document.
    """

    code = "refused"
    sentence = _("请求未被接受。")

    def __init__(
        self,
        code: str | None = None,
        sentence: str | None = None,
        *,
        faults: Sequence[Fault] = (),
        members: Mapping[str, object] | None = None,
        retry_after: int | None = None,
        **values: object,
    ) -> None:
        """Keep what the door needs; what is left out is the family's own."""
        super().__init__(code or self.code)
        self.code = code or self.code
        self.sentence = sentence or self.sentence
        self.faults = tuple(faults)
        self.members = dict(members or {})
        self.retry_after = retry_after
        self.values = values


class Unauthenticated(Refusal):
    """Nobody is logged in, or what they showed does not hold (401)."""

    code = "not_logged_in"
    sentence = _("请先登录。")


class Forbidden(Refusal):
    """Logged in, and not allowed (403)."""

    code = "forbidden"
    sentence = _("您没有权限进行此操作。")


class Missing(Refusal):
    """Not there, or not the caller's to see: the two look the same (404)."""

    code = "not_found"
    sentence = _("没有找到所请求的内容。")


class Conflict(Refusal):
    """The state does not allow it (409)."""

    code = "conflict"
    sentence = _("当前状态不允许此操作。")


class Gone(Refusal):
    """It was there and is spent (410)."""

    code = "gone"
    sentence = _("该内容已失效。")


class Changed(Refusal):
    """Somebody else was faster (412)."""

    code = "changed_meanwhile"
    sentence = _("内容已被修改，请刷新后重试。")


class TooLarge(Refusal):
    """More than is taken (413)."""

    code = "too_large"
    sentence = _("内容过大。")


class Unsupported(Refusal):
    """A type that is not taken (415)."""

    code = "type_not_accepted"
    sentence = _("不支持的文件类型，请上传 JPEG、PNG、WebP、TIFF、HEIC 或 PDF 文件。")


class Invalid(Refusal):
    """What was sent is wrong; `faults` lists each thing at once (422)."""

    code = "invalid"
    sentence = _("提交的内容有误，请按提示修改。")


class TooMany(Refusal):
    """Too often; `retry_after` says in how many seconds again (429)."""

    code = "too_many_requests"
    sentence = _("操作过于频繁，请稍后再试。")


class Unavailable(Refusal):
    """A part is down; `retry_after` says when to try again (503)."""

    code = "temporarily_unavailable"
    sentence = _("服务暂时不可用，请稍后再试。")


class OutOfSpace(Refusal):
    """There is no room to keep it (507)."""

    code = "out_of_space"
    sentence = _("存储空间不足，请稍后再试。")


def fault_members(fault: Fault) -> dict[str, object]:
    """The members of a fault that an answer shows: what does not apply is left out."""
    shown = {key: value for key, value in asdict(fault).items() if value is not None}
    shown.pop("values")
    return shown
