"""What the public sees of people who share: a list, each one's page as data, the photo, a card."""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from services.profile.actions import cards
from services.profile.actions.scans import page_key
from services.profile.api.answers import answer, tagged
from services.profile.queries import sharing as reads
from services.profile.schemas import ExpertOut, Experts
from shared.kit.database import Session
from shared.kit.files import files
from shared.kit.web import CallerDep, DatabaseDep, PageDep, router

routes = router(prefix="/experts", tags=["experts"])
Slug = Annotated[str, Path(max_length=40)]
PICTURE = {"X-Content-Type-Options": "nosniff", "Content-Disposition": "inline"}


@routes.get("", response_model=Experts)
async def experts(
    _caller: CallerDep,
    database: DatabaseDep,
    page: PageDep,
    query: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """List the people who share, by name, pinyin or employer."""
    return answer(await database.read(reads.experts, query.strip(), page))


@routes.get("/{slug}", response_model=ExpertOut)
async def expert(request: Request, slug: Slug, _caller: CallerDep, database: DatabaseDep) -> Response:
    """Show exactly what one person shares."""
    return tagged(request, bytes(answer(await database.read(reads.expert, slug)).body))


@routes.get("/{slug}/photo", response_class=Response)
async def expert_photo(slug: Slug, _caller: CallerDep, database: DatabaseDep) -> Response:
    """Give the photo, where it is shared."""

    async def query(session: Session) -> bytes:
        """Look, then read the file under its owner's key."""
        owner, scan_id = await reads.photo(session, slug)
        return await files().read(session, owner, page_key(scan_id, 1))

    return Response(await database.read(query), headers=PICTURE, media_type="image/jpeg")


@routes.get("/{slug}/card.png", response_class=Response)
async def expert_card(slug: Slug, _caller: CallerDep, database: DatabaseDep) -> Response:
    """Give the card that others show beside a link to the page."""
    return Response(await cards.card(database, slug), headers=PICTURE, media_type="image/png")
