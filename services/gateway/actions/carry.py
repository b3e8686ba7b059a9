"""The passage: a request goes to its service signed, and the answer comes back, both as streams."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp

from services.gateway.actions.cookies import DEVICE, device_cookie, device_mark, farewell
from services.gateway.actions.desk import Desk
from services.gateway.clients import Call
from services.gateway.rules.headers import FILE_POLICY, Header, handed_back, passed_on
from services.gateway.rules.routes import Route
from services.gateway.schemas import ClientGone, Exchange, Incoming, visitor
from shared.contracts.refusals import TooLarge, Unsupported
from shared.contracts.texts import _

WATCH_AFTER = 0.1
ONCE_MORE = frozenset({"GET", "HEAD", "PUT", "DELETE"})
RETRY_AFTER: Header = (b"retry-after", b"3")


class AnswerBroken(Exception):  # noqa: N818 - what happened to it, not an error of ours
    """The service broke off in the middle of its answer; the client's connection must end too."""


async def carry(desk: Desk, exchange: Exchange, route: Route, target: str) -> None:
    """Send the request to `target` of the route's service, and its answer to the client.

    Raises ClientGone, BodyStalled, TooLarge, Unsupported, AnswerBroken, or Unavailable where the service is away.
    """
    incoming = Incoming(exchange.receive, route.maximum, desk.settings.body_timeout)
    body = await _take(exchange, route, incoming)
    call = Call(
        route.service,
        "GET" if exchange.method == "HEAD" else exchange.method,
        target,
        _headers(desk, exchange, route, body),
        body,
        may_repeat=exchange.method in ONCE_MORE or route.repeatable or b"idempotency-key" in exchange.headers,
    )
    with _watched(exchange, incoming if body is incoming else None):
        async with await desk.services.send(call) as answer:
            try:
                await _hand_back(desk, exchange, route, answer)
            except (aiohttp.ClientError, TimeoutError) as error:
                raise AnswerBroken from error


async def _take(exchange: Exchange, route: Route, incoming: Incoming) -> Incoming | bytes | None:
    """Check what is announced, and read the body's beginning: None for no body, bytes for a whole short one."""
    length = exchange.header(b"content-length")
    if route.body == "none" or (length in {None, "0"} and b"transfer-encoding" not in exchange.headers):
        return None
    if int(length or 0) > route.maximum:
        raise TooLarge
    declared = (exchange.header(b"content-type") or "").partition(";")[0].strip().lower()
    if declared != route.media_type:
        raise Unsupported(
            "content_type_not_accepted", _("请求内容的类型须为 {media_type}。"), media_type=route.media_type
        )
    await incoming.begin()
    return incoming.head if incoming.has_ended else incoming


def _headers(desk: Desk, exchange: Exchange, route: Route, body: Incoming | bytes | None) -> dict[str, str]:
    """What the service is told: the caller, signed for it alone, and the headers that pass."""
    session, language = exchange.session, exchange.language
    caller = session.caller(exchange.client, language) if session else visitor(exchange.client, language)
    headers = passed_on(exchange.headers.items())
    headers |= {
        "authorization": f"Bearer {desk.passes.of(caller, route.service, exchange.method)}",
        "x-request-id": exchange.request_id,
        "accept-language": language,
    }
    if route.knows_device:
        headers |= device_mark(desk.settings, exchange)
    if body is None:
        headers.pop("content-length", None)
        headers.pop("content-type", None)
    elif isinstance(body, bytes):
        headers["content-length"] = str(len(body))
    return headers


async def _hand_back(desk: Desk, exchange: Exchange, route: Route, answer: aiohttp.ClientResponse) -> None:
    """Pass the answer on as it comes."""
    headers = handed_back(answer.raw_headers)
    if route.is_file:
        headers.append((b"content-security-policy", FILE_POLICY.encode()))
    if route.ends_session and answer.ok:
        headers += farewell(desk.settings)
    if route.knows_device and (mark := answer.headers.get(DEVICE)):
        headers.append(device_cookie(desk.settings, mark))
    if answer.status == 503 and not any(name == RETRY_AFTER[0] for name, _value in headers):  # noqa: PLR2004 - Unavailable
        headers.append(RETRY_AFTER)
    await exchange.begin(answer.status, headers)
    if exchange.method == "HEAD":
        answer.close()
        return await exchange.write(b"", more=False)
    while chunk := await answer.content.readany():
        await exchange.write(chunk, more=not answer.content.at_eof())
        if answer.content.at_eof():
            return None
    return await exchange.write(b"", more=False)


@contextmanager
def _watched(exchange: Exchange, incoming: Incoming | None) -> Iterator[None]:
    """Give up when the client hangs up: what takes longer than a moment is watched from then on."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    watch: list[asyncio.Task[None]] = []
    gone: list[bool] = []

    async def look() -> None:
        """Wait for the client to hang up; while its body is coming, the passage itself would notice."""
        if incoming is not None:
            await incoming.ended.wait()
        while (await exchange.receive())["type"] != "http.disconnect":
            pass
        gone.append(True)
        if task is not None:
            task.cancel()

    timer = loop.call_later(WATCH_AFTER, lambda: watch.append(loop.create_task(look())))
    try:
        yield
    except asyncio.CancelledError:
        if not gone or task is None:
            raise
        task.uncancel()
        raise ClientGone from None
    finally:
        timer.cancel()
        for looking in watch:
            looking.cancel()
