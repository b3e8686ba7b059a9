"""The portal's door: finds a page, lets the visitor in, and shows it; what is refused is a page too."""

from contextlib import suppress

from services.gateway.actions.admit import check_origin, count, recognise
from services.gateway.actions.answers import BadMethod, language_tag, status_of
from services.gateway.actions.cookies import chosen_language, language_cookie
from services.gateway.actions.desk import Desk
from services.gateway.portal.drawing import draw
from services.gateway.portal.files import packed_for, static_file
from services.gateway.portal.pages import pages
from services.gateway.portal.uploads import fields_of, pairs_of
from services.gateway.portal.visit import Filled, Page, Shown, Visit, go_to
from services.gateway.rules.signposts import Signpost, allowed, parameters
from services.gateway.schemas import Exchange
from shared.contracts.refusals import Missing, Refusal, TooLarge, Unsupported
from shared.contracts.texts import _

FORM = "application/x-www-form-urlencoded"
HTML = (b"content-type", b"text/html; charset=utf-8")
BEFORE_PASSKEY = ("/account", "/password", "/login", "/logout", "/session", "/help", "/terms", "/privacy")
"""Pages for an account that must first add a passkey."""


class Portal:
    """Serves the pages."""

    def __init__(self, desk: Desk) -> None:
        """Plant the signpost."""
        self._desk = desk
        self._signpost: Signpost[Page] = Signpost(pages(desk.settings))

    async def serve(self, exchange: Exchange, path: str) -> None:
        """Serve a clean path; Missing where there is no page."""
        if (file := static_file(path)) is not None and exchange.method in {"GET", "HEAD"}:
            exchange.route = "/static/{file}"
            content, headers = file.for_client(exchange)
            return await exchange.answer(200, content, headers)
        found = self._signpost.find(path)
        if not found:
            raise Missing
        page = found.get("GET" if exchange.method == "HEAD" else exchange.method)
        exchange.route = next(iter(found.values())).path
        allow = (b"allow", allowed(found).encode())
        if exchange.method == "OPTIONS":
            return await exchange.answer(204, headers=[allow])
        if page is None:
            return await self.refuse(exchange, BadMethod(), allow)
        return await self._show(exchange, page, path)

    def has(self, path: str) -> bool:
        """Whether there is a page to look at."""
        return "GET" in self._signpost.find(path)

    async def _show(self, exchange: Exchange, page: Page, path: str) -> None:
        """Recognise the visitor, read the form, and show the page."""
        await recognise(self._desk, exchange)
        query = pairs_of(exchange.scope["query_string"])
        chosen = self._choose_language(exchange, query)
        await count(self._desk, exchange, page.bucket)
        form = await self._form(exchange) if page.method == "POST" and not page.takes_files else Filled()
        if not page.takes_files:
            check_origin(self._desk, exchange, form.get("csrf_token") or exchange.header(b"x-csrf-token"))
        visit = Visit(self._desk, exchange, parameters(page.path, path), query, form, page.takes_files)
        shown = go_to("/account") if _must_add_passkey(exchange, page.path) else await page.show(visit)
        await self._answer(visit, shown, chosen)

    async def _form(self, exchange: Exchange) -> Filled:
        """The fields of a form."""
        if (exchange.header(b"content-type") or "").partition(";")[0].strip().lower() not in {"", FORM}:
            raise Unsupported("content_type_not_accepted", _("请求内容的类型须为 {media_type}。"), media_type=FORM)
        return await fields_of(exchange, self._desk.settings.body_timeout)

    async def _answer(self, visit: Visit, shown: Shown, chosen: str | None = None) -> None:
        """Send a page, or send the visitor on."""
        headers = [*shown.headers, (b"content-language", language_tag(visit.exchange))]
        if chosen is not None:
            headers.append(language_cookie(self._desk.settings, chosen))
        if shown.location:
            return await visit.exchange.answer(303, headers=[*headers, (b"location", shown.location.encode())])
        if shown.content:
            return await visit.exchange.answer(shown.status, shown.content, headers)
        content, packed = packed_for(visit.exchange, draw(visit, shown))
        return await visit.exchange.answer(shown.status, content, [*headers, HTML, *packed])

    async def refuse(self, exchange: Exchange, refusal: Refusal, *extra: tuple[bytes, bytes]) -> None:
        """Show what is refused, and why, in the portal's dress."""
        with suppress(TooLarge):  # a query that cannot be read chooses no language
            self._choose_language(exchange, pairs_of(exchange.scope["query_string"]))
        status = status_of(refusal)
        retry = [(b"retry-after", str(refusal.retry_after).encode())] if refusal.retry_after is not None else []
        visit = Visit(self._desk, exchange, {}, Filled(), Filled())
        values = {"refusal": refusal, "status": status}
        await self._answer(visit, Shown("refused.html", values, status, headers=(*retry, *extra)))

    def _choose_language(self, exchange: Exchange, query: Filled) -> str | None:
        """Settle the language: chosen now, chosen before, the account's, the browser's. Gives what was chosen now."""
        chosen = query.get("lang")
        before = chosen_language(self._desk.settings, exchange)
        known = chosen or before or (exchange.session and exchange.session.language)
        if known in {"zh", "en"}:
            exchange.language = "en" if known == "en" else "zh"
        return chosen if chosen in {"zh", "en"} else None


def _must_add_passkey(exchange: Exchange, path: str) -> bool:
    """Whether the visitor must first add a passkey, and the page is none of those that it takes."""
    session = exchange.session
    return session is not None and session.must_add_passkey and not path.startswith(BEFORE_PASSKEY)
