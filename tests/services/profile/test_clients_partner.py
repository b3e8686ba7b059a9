"""Calling the partner: signed, at the address that was judged, and never into our own neighbourhood."""

import base64
import hashlib
import hmac
from collections.abc import AsyncIterator, Sequence

import orjson
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import select
from sqlmodel import col

from services.profile.actions.partner import tell_partner as tell
from services.profile.actions.sharing import share, stop_sharing
from services.profile.clients.partner import PartnerAway, signature, tell_partner
from services.profile.models import SharingPush
from services.profile.rules.addresses import UnsafeAddress, check_addresses, target
from services.profile.settings import ProfileSettings
from shared.contracts.identity import Caller
from shared.kit.database import Session
from shared.kit.jobs import Postpone, Work, claim
from tests.services.profile.test_actions_change_requests import approved
from tests.services.profile.world import HEBEI, World

SECRET = "a secret of thirty-two characters"
PRIVATE = (
    "127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1",
    "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "2001:db8::1",
)  # fmt: skip


class Partner:
    """A partner that keeps what it was told, and answers what it was told to."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.status = 204

    async def take(self, request: web.Request) -> web.Response:
        """Take a message."""
        self.heard.append((dict(request.headers), await request.read()))
        headers = {"Location": "/elsewhere"} if self.status == 307 else None
        return web.Response(status=self.status, headers=headers)


@pytest.fixture
async def partner() -> AsyncIterator[tuple[Partner, str]]:
    """A partner on loopback, and its address."""
    made = Partner()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", made.take)
    async with TestServer(application) as server:
        yield made, f"http://localhost:{server.port}/hook"


async def test_a_message_is_signed_and_dated(partner: tuple[Partner, str]) -> None:
    made, url = partner
    await tell_partner(url, SECRET, "m1", 1764000000, b'{"event":"expert.updated"}', may_be_local=True)
    headers, body = made.heard[0]
    digest = hmac.new(SECRET.encode(), b"m1.1764000000." + body, hashlib.sha256).digest()
    said = [headers[f"webhook-{name}"] for name in ("id", "timestamp", "signature")]
    assert said == ["m1", "1764000000", f"v1,{base64.b64encode(digest).decode()}"]
    assert signature(SECRET, "m1", 1764000001, body) != said[2]


@pytest.mark.parametrize("status", [301, 307, 400, 500])
async def test_whatever_is_no_yes_is_tried_again_and_redirects_lead_nowhere(
    partner: tuple[Partner, str], status: int
) -> None:
    made, url = partner
    made.status = status
    with pytest.raises(PartnerAway, match=f"answered_{status}"):
        await tell_partner(url, SECRET, "m1", 1, b"{}", may_be_local=True)
    assert len(made.heard) == 1


async def test_loopback_is_called_in_a_local_installation_alone(partner: tuple[Partner, str]) -> None:
    made, url = partner
    for address in (url, url.replace("http://", "https://")):
        with pytest.raises(PartnerAway, match="unsafe_"):
            await tell_partner(address, SECRET, "m1", 1, b"{}")
    assert made.heard == []


async def test_a_name_that_leads_inside_is_never_called_whatever_it_said_before(partner: tuple[Partner, str]) -> None:
    made, url = partner
    port = url.rpartition(":")[2].removesuffix("/hook")
    asked: list[str] = []

    async def rebinding(host: str, _port: int) -> Sequence[str]:
        """A name server that answers with a public address and a private one."""
        asked.append(host)
        return ["93.184.215.14", "127.0.0.1"]

    with pytest.raises(PartnerAway, match="unsafe_address"):
        await tell_partner(f"https://partner.example:{port}/", SECRET, "m1", 1, b"{}", lookup=rebinding)
    assert (made.heard, asked) == ([], ["partner.example"])


async def test_the_connection_goes_to_the_address_that_was_judged(partner: tuple[Partner, str]) -> None:
    made, url = partner

    async def judged(_host: str, _port: int) -> Sequence[str]:
        """The partner's own address."""
        return ["127.0.0.1"]

    await tell_partner(url, SECRET, "m1", 1, b"{}", may_be_local=True, lookup=judged)
    assert len(made.heard) == 1


@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_of_our_neighbourhood_is_called(address: str) -> None:
    with pytest.raises(UnsafeAddress):
        check_addresses([address], is_local=False)


@pytest.mark.parametrize(
    "url",
    ["http://partner.example/", "ftp://partner.example/", "https://me:secret@partner.example/", "https:///x",
     "https://[::1/", "file:///etc/passwd", "http://127.0.0.2/"],
)  # fmt: skip
def test_an_address_that_is_not_plain_https_is_refused(url: str) -> None:
    with pytest.raises(UnsafeAddress):
        target(url, may_be_local=True)


def test_public_addresses_are_called() -> None:
    assert check_addresses(["93.184.215.14", "2606:2800:21f::1"], is_local=False) == [
        "93.184.215.14",
        "2606:2800:21f::1",
    ]


async def push_of(world: World, url: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Caller, Work[SharingPush]]:
    """An approved applicant who shares with that partner, and the job that tells it."""
    given = ProfileSettings(installation="local", partner_url=url, partner_secret=SECRET)
    monkeypatch.setattr("services.profile.actions.sharing.settings", lambda: given)
    monkeypatch.setattr("services.profile.actions.partner.settings", lambda: given)
    caller = await approved(world)
    await world.database.act(share, caller, HEBEI, ["basic.name"], consent=True, searchable=False)
    return caller, await next_push(world)


async def next_push(world: World) -> Work[SharingPush]:
    """The job that waits, claimed."""

    async def waiting(session: Session) -> SharingPush | None:
        """Claim it."""
        wanted = select(col(SharingPush.id)).where(col(SharingPush.status) == "queued")
        return await claim(session, SharingPush, (await session.execute(wanted)).scalar_one())

    row = await world.database.act(waiting)
    assert row is not None
    return Work(world.database, row)


async def test_the_partner_is_told_what_is_shared_and_to_delete_it_when_it_is_no_more(
    world: World, partner: tuple[Partner, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, url = partner
    caller, work = await push_of(world, url, monkeypatch)
    await tell(work)
    await world.database.act(stop_sharing, caller, HEBEI)
    await tell(await next_push(world))
    shown, gone = (orjson.loads(body) for _headers, body in made.heard)
    assert (shown["event"], shown["expert"]["name"], gone["event"]) == ("expert.updated", "张伟", "expert.deleted")
    assert (gone["revision"] > shown["revision"], gone["slug"], "expert" in gone) == (True, shown["slug"], False)


async def test_a_partner_that_is_away_is_tried_again(
    world: World, partner: tuple[Partner, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, url = partner
    made.status = 503
    _caller, work = await push_of(world, url, monkeypatch)
    with pytest.raises(Postpone, match="answered_503"):
        await tell(work)


@pytest.mark.parametrize("status", [404, 410])
async def test_who_has_nothing_to_delete_has_done_so(
    world: World, partner: tuple[Partner, str], monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    made, url = partner
    made.status = status
    caller, work = await push_of(world, url, monkeypatch)
    with pytest.raises(Postpone, match=f"answered_{status}"):
        await tell(work)
    await world.database.act(stop_sharing, caller, HEBEI)
    await tell(await next_push(world))
    assert [orjson.loads(body)["event"] for _headers, body in made.heard] == ["expert.updated", "expert.deleted"]
