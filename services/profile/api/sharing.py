"""Sharing one's approved data: how it stands, by consent, and taken back."""

from fastapi import Response

from services.profile.actions import sharing as actions
from services.profile.actions.drafts import open_profile
from services.profile.api.answers import PERSON, answer
from services.profile.queries import sharing as reads
from services.profile.schemas import Share, SharingOut
from shared.kit.web import CallerDep, DatabaseDep, router

routes = router(prefix="/profiles/{programme}/sharing", tags=["sharing"], dependencies=[PERSON])


@routes.get("", response_model=SharingOut)
async def sharing(programme: str, caller: CallerDep, database: DatabaseDep) -> Response:
    """Show what one shares, and what one could."""
    await database.act(open_profile, caller.person, programme)
    return answer(await database.read(reads.sharing, caller.person, programme))


@routes.put("", response_model=SharingOut)
async def share(programme: str, body: Share, caller: CallerDep, database: DatabaseDep) -> Response:
    """Share these fields of one's approved data with the public."""
    found = await database.act(
        actions.share, caller, programme, body.fields, consent=body.consent, searchable=body.searchable
    )
    return answer(found)


@routes.delete("", response_model=SharingOut)
async def stop_sharing(programme: str, caller: CallerDep, database: DatabaseDep) -> Response:
    """Withdraw the consent: the public page is gone at once."""
    return answer(await database.act(actions.stop_sharing, caller, programme))
