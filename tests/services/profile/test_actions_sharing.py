"""Sharing: exactly what was consented to goes out, it follows approved changes, and goes at once when taken back."""

from typing import Any

import orjson
import pytest
from sqlalchemy import select

from services.profile.actions.sharing import follow, share, stop_sharing
from services.profile.actions.states import move
from services.profile.models import Sharing, SharingConsent, SharingPush
from services.profile.queries import drafts, sharing as reads
from services.profile.settings import ProfileSettings
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Invalid, Missing
from shared.kit.database import Session
from shared.kit.web import Page
from tests.conftest import notes_told
from tests.services.profile.test_actions_change_requests import approved, asked, decide, wish
from tests.services.profile.world import DEZHOU, HEBEI, ID_NUMBER, World

NAME, EMPLOYER, SCHOOL = "basic.name", "basic.employer", "education.school"


async def give(world: World, caller: Caller, *keys: str, consent: bool = True) -> dict[str, Any]:
    """Share these fields."""
    return await world.database.act(share, caller, HEBEI, list(keys), consent=consent, searchable=False)


def slug_of(shown: dict[str, Any]) -> str:
    """The last part of the page's address."""
    return str(shown["url"]).rpartition("/")[2]


async def rows(world: World, table: Any) -> list[Any]:  # noqa: ANN401 - a table's class
    """Every row of a table."""

    async def query(session: Session) -> list[Any]:
        """Read them."""
        return list((await session.execute(select(table))).scalars())

    return await world.database.read(query)


async def test_the_public_sees_exactly_the_fields_that_were_consented_to(world: World) -> None:
    caller = await approved(world)
    shown = await give(world, caller, SCHOOL, NAME)
    assert (shown["shared"], shown["fields"], shown["consent"]["text_version"]) == (True, [NAME, SCHOOL], "2026-11")
    expert = await world.database.read(reads.expert, slug_of(shown))
    keys = [item["key"] for section in expert["sections"] for record in section["records"] for item in record]
    assert (expert["name"], keys, expert["photo"]) == ("张伟", [NAME, SCHOOL], False)
    written = orjson.dumps(expert).decode()
    assert [secret for secret in (ID_NUMBER, "13805340001", "zhang.wei@demo.juxian.test") if secret in written] == []


async def test_every_offer_shows_what_it_would_give_away(world: World) -> None:
    caller = await approved(world)
    shown = await world.database.read(reads.sharing, caller.person, HEBEI)
    offered = {field["key"]: field["preview"] for section in shown["offered"] for field in section["fields"]}
    assert (offered[NAME], offered[EMPLOYER], offered[SCHOOL]) == (["张伟"], ["河北示范工程设计院"], ["德州"])
    assert (shown["shared"], shown["url"], shown["can_share"]) == (False, None, True)


async def test_sharing_is_refused_without_consent_without_the_name_and_for_what_is_not_offered(world: World) -> None:
    caller = await approved(world)
    with pytest.raises(Invalid) as refused:
        await give(world, caller, "basic.id_number", consent=False)
    assert [fault.code for fault in refused.value.faults] == ["consent_missing", "unknown_field", "field_required"]


async def test_only_approved_people_share(world: World) -> None:
    caller, _filed = await world.filed(HEBEI, "hebei")
    with pytest.raises(Conflict, match="not_approved"):
        await give(world, caller, NAME)
    shown = await world.database.read(reads.sharing, caller.person, HEBEI)
    assert (shown["can_share"], shown["reason"]) == (False, "not_approved")


async def test_a_programme_that_shares_with_nobody_has_no_sharing(world: World) -> None:
    caller, _filed = await world.filed()
    with pytest.raises(Missing):
        await world.database.read(reads.sharing, caller.person, DEZHOU)


async def test_an_approved_change_is_carried_over(world: World) -> None:
    caller = await approved(world)
    shown = await give(world, caller, NAME, "basic.post")
    request = await asked(world, caller, wish("basic", post="总工程师"))
    await decide(world, request)
    expert = await world.database.read(reads.expert, slug_of(shown))
    assert [item["value"] for item in expert["sections"][0]["records"][0]] == ["张伟", "总工程师"]
    assert expert["structured"]["jobTitle"] == "总工程师"


async def test_what_was_taken_back_is_gone_and_its_consent_stays_on_record(world: World) -> None:
    caller = await approved(world)
    slug = slug_of(await give(world, caller, NAME))
    after = await world.database.act(stop_sharing, caller, HEBEI)
    assert (after["shared"], after["fields"], after["url"]) == (False, [], None)
    with pytest.raises(Missing):
        await world.database.read(reads.expert, slug)
    (row,) = await rows(world, Sharing)
    assert (row.published, row.name, row.employer, row.photo) == (None, None, None, None)
    kept = [(row.is_given, row.fields) for row in sorted(await rows(world, SharingConsent), key=lambda row: row.id)]
    assert kept == [(True, [NAME]), (False, [NAME])]
    noted = [note.action for note in await notes_told(world.database)]
    assert noted == ["sharing_given", "sharing_withdrawn"]


async def test_an_address_stays_the_same_when_shared_again(world: World) -> None:
    caller = await approved(world)
    first = slug_of(await give(world, caller, NAME))
    await world.database.act(stop_sharing, caller, HEBEI)
    assert slug_of(await give(world, caller, NAME, SCHOOL)) == first


async def test_experts_are_found_by_name_pinyin_and_employer_where_that_is_shared(world: World) -> None:
    caller = await approved(world)
    await give(world, caller, NAME)
    page = Page(limit=20)

    async def found(query: str) -> list[str]:
        """The names that are found."""
        return [item["name"] for item in (await world.database.read(reads.experts, query, page)).items]

    assert [await found(query) for query in ("", "张", "zhang", "示范", "%")] == [["张伟"], ["张伟"], ["张伟"], [], []]
    await give(world, caller, NAME, EMPLOYER)
    assert await found("示范") == ["张伟"]


async def test_the_partner_is_told_by_one_job_only_where_one_is_configured(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = await approved(world)
    await give(world, caller, NAME)
    assert await rows(world, SharingPush) == []
    given = ProfileSettings(installation="local", partner_url="http://localhost:9", partner_secret="s" * 32)
    monkeypatch.setattr("services.profile.actions.sharing.settings", lambda: given)
    await give(world, caller, NAME, SCHOOL)
    await give(world, caller, NAME)
    assert [row.status for row in await rows(world, SharingPush)] == ["queued"]


async def test_a_submission_that_is_no_more_approved_is_hidden_until_it_is_again(world: World) -> None:
    caller = await approved(world)
    shown = await give(world, caller, NAME)
    (row,) = await rows(world, Sharing)

    async def back(session: Session) -> None:
        """Return the approved submission."""
        draft = await drafts.of_submission(session, row.submission_id, lock=True)
        assert draft is not None
        await move(session, draft, "returned")
        await follow(session, row.submission_id)

    await world.database.act(back)
    with pytest.raises(Missing):
        await world.database.read(reads.expert, slug_of(shown))
    (after,) = await rows(world, Sharing)
    assert (after.is_shared, after.published) == (True, None)
