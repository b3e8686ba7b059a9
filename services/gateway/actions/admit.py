"""Who knocks, and may they come in: session, limits, CSRF, guard, in that order."""

from services.gateway.actions.desk import Desk
from services.gateway.clients import digest_of
from services.gateway.rules.csrf import SAFE, is_same_origin, token_matches
from services.gateway.rules.hosts import net_of
from services.gateway.rules.limits import LIMITS, Counted
from services.gateway.rules.routes import Guard, Route
from services.gateway.schemas import Exchange, Session
from shared.contracts.refusals import Forbidden, Unauthenticated
from shared.contracts.texts import _

LONGEST_TOKEN = 512


async def admit(desk: Desk, exchange: Exchange, route: Route) -> None:
    """Find out who calls, and refuse whoever may not use the route.

    Raises TooMany, Unauthenticated, Forbidden, or Unavailable where nobody can tell whose session it is.
    """
    await recognise(desk, exchange)
    await count(desk, exchange, route.bucket)
    check_origin(desk, exchange, exchange.header(b"x-csrf-token"))
    check_guard(exchange.session, route.guard)
    if exchange.session is not None and exchange.session.must_change_password and not route.works_before_change:
        raise Forbidden("password_change_required", _("请先修改初始密码。"))
    if exchange.session is not None and exchange.session.must_add_passkey and not route.works_before_passkey:
        raise Forbidden("passkey_required", _("请先为帐号添加证书。"))


async def recognise(desk: Desk, exchange: Exchange) -> None:
    """Note the session that the request shows: by the Authorization header, else by the cookie."""
    token = token_of(exchange, desk.settings.cookie_name)
    if token is None or len(token) > LONGEST_TOKEN:
        return
    digest = digest_of(token)
    found = await desk.sessions.cached(digest)
    if found == "unknown":
        await count(desk, exchange, "lookup")
        found = await desk.sessions.resolve(digest, exchange.request_id)
    exchange.session = found


def token_of(exchange: Exchange, cookie_name: str) -> str | None:
    """The access token that came along; an Authorization header wins over the cookie."""
    given = exchange.header(b"authorization")
    if given is None:
        return exchange.cookie(cookie_name) or None
    scheme, _space, token = given.partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


async def count(desk: Desk, exchange: Exchange, bucket: Counted) -> None:
    """Count the request for its account, or for the client's net where nobody is logged in."""
    person = None if LIMITS[bucket].by_address else exchange.session
    await desk.limiter.hit(bucket, str(person.account_id) if person else net_of(exchange.client))


def check_origin(desk: Desk, exchange: Exchange, token: str | None) -> None:
    """Refuse what another site may have made a browser send.

    Of a request that carries our cookie: origin and the session's own token must both be right. Of any other only
    an origin that is plainly another one is refused.
    """
    if exchange.method in SAFE:
        return
    same = is_same_origin(
        exchange.header(b"host") or "",
        desk.settings.public_url,
        site=exchange.header(b"sec-fetch-site"),
        origin=exchange.header(b"origin"),
    )
    has_cookie = exchange.cookie(desk.settings.cookie_name) is not None
    if same is False and (has_cookie or not exchange.header(b"authorization")):
        raise Forbidden("cross_site", _("该请求来自其他网站，已被拒绝。"))
    if has_cookie and exchange.session is not None and not (same and token_matches(exchange.session.csrf, token)):
        raise Forbidden("csrf_failed", _("页面已过期，请刷新后重试。"))


def check_guard(session: Session | None, guard: Guard) -> None:
    """Refuse who may not use a route; the service decides the rest itself."""
    if guard == "public":
        return
    if session is None:
        raise Unauthenticated
    is_reviewer = "reviewer" in session.roles and session.organization_id is not None
    is_let_in = is_reviewer or (guard == "staff" and "administrator" in session.roles)
    if guard in {"reviewer", "staff"} and not is_let_in:
        raise Forbidden("reviewers_only", _("只有审核人员可以使用此功能。"))
    if guard == "administrator" and "administrator" not in session.roles:
        raise Forbidden("administrators_only", _("只有管理员可以使用此功能。"))
