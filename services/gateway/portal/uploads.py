"""Forms, with files or without: read whole, checked for the token that every form carries, files passed on."""

import secrets
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from services.gateway.actions.admit import check_origin
from services.gateway.actions.ask import Packed
from services.gateway.portal.visit import Filled, Visit
from services.gateway.rules.routes import UPLOAD_MAXIMUM
from services.gateway.schemas import Exchange, Incoming
from shared.contracts.refusals import Invalid, TooLarge, Unsupported
from shared.contracts.texts import _

FORM = "multipart/form-data"
FIELD_MAXIMUM = FORM_MAXIMUM = 512 * 1024
"""Bytes: a whole profile of long texts, saved at once."""
FIELDS_MAXIMUM = 2000


@dataclass(frozen=True, slots=True)
class File:
    """A file that was chosen: its name as the browser gave it, which decides nothing, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A form with files: its fields, and the files by field, in order; fields that were left empty hold none."""

    fields: Filled
    files: Mapping[str, list[File]]


def pairs_of(encoded: bytes) -> Filled:
    """The fields of a form or query (WHATWG URL, 5.1); TooLarge where there are more than anyone needs."""
    text = encoded.decode("utf-8", "replace")
    try:
        return Filled(parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS_MAXIMUM))
    except ValueError as error:
        raise TooLarge from error


async def fields_of(exchange: Exchange, silence: float) -> Filled:
    """The fields of a form without files; `silence`: seconds that the browser may send nothing."""
    incoming = Incoming(exchange.receive, FORM_MAXIMUM, silence)
    await incoming.begin()
    return pairs_of(b"".join([chunk async for chunk in incoming.chunks()]))


async def form_of(visit: Visit) -> Uploaded:
    """The form of a page that reads it by itself, with files or without; refused without its token."""
    kind = (visit.exchange.header(b"content-type") or "").partition(";")[0].strip().lower()
    if kind == FORM:
        return await received(visit)
    fields = await fields_of(visit.exchange, visit.desk.settings.body_timeout)
    check_origin(visit.desk, visit.exchange, fields.get("csrf_token") or visit.exchange.header(b"x-csrf-token"))
    return Uploaded(fields, {})


async def received(visit: Visit) -> Uploaded:
    """The form of a page that takes files.

    Raises Unsupported for another kind of body, TooLarge beyond an upload's size, Forbidden without the token.
    """
    exchange = visit.exchange
    kind = exchange.header(b"content-type") or ""
    if kind.partition(";")[0].strip().lower() != FORM:
        raise Unsupported("content_type_not_accepted", _("请求内容的类型须为 {media_type}。"), media_type=FORM)
    incoming = Incoming(exchange.receive, UPLOAD_MAXIMUM, visit.desk.settings.body_timeout)
    await incoming.begin()
    parser = MultiPartParser(Headers({"content-type": kind}), _chunks(incoming), max_part_size=FIELD_MAXIMUM)
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise Invalid("malformed", _("上传内容无法读取，请重试。")) from error
    try:
        return await _checked(visit, form)
    finally:
        await form.close()


async def _checked(visit: Visit, form: FormData) -> Uploaded:
    """What the form holds, once its token is right."""
    exchange = visit.exchange
    fields = Filled([(name, value) for name, value in form.multi_items() if isinstance(value, str)])
    check_origin(visit.desk, exchange, fields.get("csrf_token") or exchange.header(b"x-csrf-token"))
    files: dict[str, list[File]] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile) and value.filename:
            files.setdefault(name, []).append(File(value.filename, await value.read()))
    return Uploaded(fields, files)


async def _chunks(incoming: Incoming) -> AsyncGenerator[bytes, None]:
    """The body as it comes."""
    async for chunk in incoming.chunks():
        yield chunk


def packed(file: File, fields: Mapping[str, str] | None = None) -> Packed:
    """A form with one file (RFC 7578), for a service."""
    mark = secrets.token_hex(16)
    parts = [_part(mark, f'name="{name}"', value.encode()) for name, value in (fields or {}).items()]
    name = "".join("_" if sign in '"\\' or sign < " " else sign for sign in file.name)
    parts.append(_part(mark, f'name="file"; filename="{name}"\r\nContent-Type: application/octet-stream', file.content))
    return Packed(f"{FORM}; boundary={mark}", b"".join([*parts, f"--{mark}--\r\n".encode()]))


def _part(mark: str, disposition: str, content: bytes) -> bytes:
    """One part of a form."""
    return f"--{mark}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n".encode() + content + b"\r\n"
