"""Problem documents (RFC 9457): a refusal's family becomes an HTTP status here, once, and in the reader's language."""

from collections.abc import Mapping
from typing import Any

import orjson
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from shared.contracts import refusals
from shared.contracts.refusals import Fault, Refusal
from shared.contracts.texts import _
from shared.kit import logs
from shared.kit.texts import translate
from shared.kit.web.faults import faults_of

STATUSES: Mapping[type[Refusal], int] = {
    refusals.Unauthenticated: 401,
    refusals.Forbidden: 403,
    refusals.Missing: 404,
    refusals.Conflict: 409,
    refusals.Gone: 410,
    refusals.Changed: 412,
    refusals.TooLarge: 413,
    refusals.Unsupported: 415,
    refusals.Invalid: 422,
    refusals.TooMany: 429,
    refusals.Unavailable: 503,
    refusals.OutOfSpace: 507,
}
TITLES: Mapping[int, str] = {
    400: _("请求有误"), 401: _("未登录"), 403: _("没有权限"), 404: _("没有找到"), 405: _("不支持的方法"),
    408: _("等待超时"), 409: _("状态冲突"), 410: _("已失效"), 412: _("内容已变更"), 413: _("内容过大"),
    415: _("类型不支持"), 421: _("地址不符"), 422: _("内容有误"), 429: _("过于频繁"), 431: _("请求头过大"),
    500: _("系统错误"), 503: _("暂时不可用"), 507: _("空间不足"),
}  # fmt: skip
log = structlog.get_logger(__name__)


def language_of(header: str | None) -> str:
    """The language of an answer by Accept-Language: English where it comes first, Chinese otherwise."""
    first = (header or "").split(",")[0].strip().lower()
    return "en" if first.startswith("en") else "zh"


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal's family."""
    return next(code for family, code in STATUSES.items() if isinstance(refusal, family))


def problem(refusal: Refusal, language: str, status: int | None = None) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Status, document and headers of a refusal."""
    code = status or status_of(refusal)
    document: dict[str, Any] = {
        "type": f"/problems/{refusal.code}",
        "title": translate(TITLES.get(code, TITLES[500]), language),
        "status": code,
        "detail": translate(refusal.sentence, language, **refusal.values),
        "code": refusal.code,
        **refusal.members,
    }
    if refusal.faults:
        document["errors"] = [_shown(fault, language) for fault in refusal.faults]
    headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
    if code == 401:  # noqa: PLR2004 - RFC 9110, 11.6.1
        headers["WWW-Authenticate"] = "Bearer"
    return code, document, headers


def _shown(fault: Fault, language: str) -> dict[str, Any]:
    """A fault as the API shows it: what does not apply is left out."""
    members = {"section": fault.section, "entry": fault.entry, "field": fault.field, "code": fault.code}
    shown: dict[str, Any] = {name: value for name, value in members.items() if value is not None}
    return shown | {"message": translate(fault.message, language, **dict(fault.values))}


def answer(request: Request, refusal: Refusal, status: int | None = None) -> Response:
    """The response that tells of a refusal."""
    language = language_of(request.headers.get("accept-language"))
    code, document, headers = problem(refusal, language, status)
    return Response(orjson.dumps(document, default=str), code, headers, "application/problem+json")


def install(app: FastAPI) -> None:
    """Let the application answer refusals, bad input and surprises with problem documents."""

    @app.exception_handler(Refusal)
    async def refused(request: Request, error: Refusal) -> Response:
        """A refusal."""
        return answer(request, error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        """A body or parameter that does not fit: each thing named, nothing of the input shown again."""
        return answer(request, refusals.Invalid(faults=faults_of(error.errors())))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        """What Starlette itself refuses: unknown paths and methods, broken forms."""
        family: dict[int, Refusal] = {
            404: refusals.Missing(),
            405: Refusal("method_not_allowed", _("此地址不支持该方法。")),
            413: refusals.TooLarge(),
            400: refusals.Invalid("malformed", _("请求内容无法读取，请检查格式。")),
        }
        refusal = family.get(error.status_code, Refusal())
        status = 422 if error.status_code == 400 else error.status_code  # noqa: PLR2004 - broken bodies are 422 here
        return answer(request, refusal, status)

    @app.exception_handler(Exception)
    async def surprised(request: Request, error: Exception) -> Response:
        """What nobody foresaw: logged whole, shown as an id."""
        log.error("unexpected_error", path=request.url.path, exc_info=error)
        sentence = _("系统出现意外错误，已记录。请稍后再试；如仍有问题，请联系支持人员。")
        members = {"request_id": logs.request_id()}
        return answer(request, Refusal("internal_error", sentence, members=members), 500)
