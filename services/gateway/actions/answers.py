"""What the door answers by itself: problem documents (RFC 9457), in the reader's language."""

from collections.abc import Mapping

import orjson

from services.gateway.rules.headers import Header
from services.gateway.schemas import BodyStalled, Exchange
from shared.contracts.refusals import Refusal
from shared.contracts.texts import _
from shared.kit.texts import translate
from shared.kit.web import problems

PROBLEM: Header = (b"content-type", b"application/problem+json")
JSON: Header = (b"content-type", b"application/json")


class NotOurs(Refusal):
    """The request was meant for another host (421)."""

    code = "misdirected"
    sentence = _("请求的地址不属于本平台，请使用平台公布的网址。")


class BadMethod(Refusal):
    """The address is there, and does not do that (405)."""

    code = "method_not_allowed"
    sentence = _("此地址不支持该方法。")


class HeadersTooLarge(Refusal):
    """More headers than anyone needs (431)."""

    code = "headers_too_large"
    sentence = _("请求头过大，请清除浏览器 Cookie 后重试。")


class Malformed(Refusal):
    """A request that can be read in more than one way (400)."""

    code = "malformed_request"
    sentence = _("请求头有误：同一项只能出现一次。")


STATUSES: Mapping[type[Refusal], int] = {
    NotOurs: 421, BadMethod: 405, HeadersTooLarge: 431, Malformed: 400, BodyStalled: 408,
}  # fmt: skip
BODY_TIMEOUT_TITLE = _("接收超时")


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal, those that only the door knows included; 500 for one of no family."""
    if type(refusal) is Refusal:
        return 500
    return STATUSES.get(type(refusal)) or problems.status_of(refusal)


async def refuse(exchange: Exchange, refusal: Refusal, extra: tuple[Header, ...] = ()) -> None:
    """Answer with the problem document of a refusal."""
    status, document, headers = problems.problem(refusal, exchange.language, status_of(refusal))
    if isinstance(refusal, BodyStalled):
        document["title"] = translate(BODY_TIMEOUT_TITLE, exchange.language)
    said = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    body = orjson.dumps(document, default=str)
    await exchange.answer(status, body, [PROBLEM, (b"content-language", language_tag(exchange)), *said, *extra])


def language_tag(exchange: Exchange) -> bytes:
    """The language of an answer, as headers name it (RFC 5646)."""
    return b"en" if exchange.language == "en" else b"zh-CN"


def surprise(request_id: str) -> Refusal:
    """What is said when nobody foresaw what happened."""
    sentence = _("系统出现意外错误，已记录。请稍后再试；如仍有问题，请联系支持人员。")
    return Refusal("internal_error", sentence, members={"request_id": request_id})
