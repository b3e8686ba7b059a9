"""What administrators ask of profiles: values revealed for a reason, and history under masks."""

from uuid import UUID

from fastapi import Response

from services.profile.actions.reveals import reveal as reveal_action
from services.profile.api.answers import ADMINISTRATOR, AskedDep, Day, answer
from services.profile.queries import history as history_reads
from services.profile.rules.reveals import revealable
from services.profile.schemas import History, OnDay, Reveal, RevealableFields, RevealOut
from shared.kit.web import CallerDep, DatabaseDep, PageDep, router
from shared.programmes.catalogue import PROGRAMMES

routes = router(prefix="/admin", tags=["administration"], dependencies=[ADMINISTRATOR])


@routes.post("/reveals", response_model=RevealOut, status_code=201)
async def reveal(body: Reveal, caller: CallerDep, database: DatabaseDep) -> Response:
    """See a masked value whole, for a reason that is kept and that its owner can read."""
    return answer(await database.act(reveal_action, caller, body.account_id, body.field, body.reason), 201)


@routes.get("/reveals/fields", response_model=RevealableFields)
async def revealable_fields() -> Response:
    """List the fields that may be revealed."""
    found = revealable(PROGRAMMES.values())
    items = [{"field": key, "title": field.title.both()} for key, field in found.items()]
    return answer({"items": items, "next_cursor": None})


@routes.get("/profiles/{programme}/{account_id}/history", response_model=History | OnDay)
async def history_of(
    programme: str,
    account_id: UUID,
    database: DatabaseDep,
    page: PageDep,
    asked: AskedDep,
    on: Day = None,
) -> Response:
    """Tell what each version of an account's data changed, under masks; with `on`, what was approved on that day."""
    if on is not None:
        found = await database.read(history_reads.on_day, account_id, programme, asked, on, whole=False)
        return answer(found)
    return answer(await database.read(history_reads.history, account_id, programme, asked, page, whole=False))
