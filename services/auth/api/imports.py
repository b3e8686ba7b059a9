"""Imports of people, for administrators."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Query, Request, Response

from services.auth.actions import imports
from services.auth.actions.imports.preview import read_list, today_of
from services.auth.api.given import SHEET, sheet_answer
from services.auth.api.uploads import received
from services.auth.queries import imports as read
from services.auth.queries.imports import Part
from services.auth.schemas.imports import ImportItem, ImportShown
from shared.contracts.identity import Caller
from shared.kit.database import Session
from shared.kit.web import CallerDep, DatabaseDep, OnceDep, PageDep, router
from shared.kit.web.paging import Listed

routes = router("/admin", tags=["administration"])
Outcome = Literal["ready", "known", "rejected", "skipped", "created", "added", "failed", "undone"]
FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file", "programme"],
                    "additionalProperties": False,
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "programme": {"type": "string"},
                    },
                }
            }
        },
    }
}


@routes.post("/accounts/import", status_code=202, response_model=ImportShown, openapi_extra=FORM)
async def import_accounts(request: Request, caller: CallerDep, database: DatabaseDep, once: OnceDep) -> Response:
    """Upload a list of people: every row is judged, and no account is opened yet."""
    today = await database.read(today_of, caller)
    upload = await received(request)
    once.body_sha256 = upload.sha256
    listed = await read_list(upload.programme, upload.name, upload.content, today)

    async def previewed(session: Session, caller: Caller) -> ImportShown:
        """Keep the rows, and show them."""
        import_id = await imports.preview(session, caller, listed)
        return await read.one_import(session, caller, import_id, Part())

    return await once(202, previewed, caller)


@routes.get("/imports")
async def list_imports(caller: CallerDep, database: DatabaseDep, page: PageDep) -> Listed[ImportItem]:
    """See all imports, the newest first."""
    return await database.read(read.imports, caller, page)


@routes.get("/imports/template.xlsx", response_class=Response, responses=SHEET)
async def import_template(
    caller: CallerDep, database: DatabaseDep, programme: Annotated[str, Query(max_length=100)]
) -> Response:
    """Get the empty list to fill in."""
    return sheet_answer(await database.read(imports.make_template, caller, programme), "people.xlsx")


@routes.get("/imports/{import_id}")
async def get_import(
    import_id: UUID,
    caller: CallerDep,
    database: DatabaseDep,
    outcome: Outcome | None = None,
    after: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 10_000,
) -> ImportShown:
    """See how far an import is, and what became of each row."""
    return await database.read(read.one_import, caller, import_id, Part(outcome, after, limit))


@routes.post("/imports/{import_id}/run", status_code=202)
async def run_import(import_id: UUID, caller: CallerDep, database: DatabaseDep) -> ImportItem:
    """Open the accounts of every good row."""
    await database.act(imports.order_run, caller, import_id)
    return await database.read(read.one_item, caller, import_id)


@routes.post("/imports/{import_id}/undo", status_code=202)
async def undo_import(import_id: UUID, caller: CallerDep, database: DatabaseDep) -> ImportItem:
    """Take an import back, while none of its people has logged in."""
    await database.act(imports.order_undo, caller, import_id)
    return await database.read(read.one_item, caller, import_id)


@routes.get("/imports/{import_id}/credentials.xlsx", response_class=Response, responses=SHEET)
async def import_credentials(import_id: UUID, caller: CallerDep, database: DatabaseDep) -> Response:
    """Get usernames and initial passwords; once."""
    return sheet_answer(await database.act(imports.take_credentials, caller, import_id), "credentials.xlsx")


@routes.get("/imports/{import_id}/troubles.xlsx", response_class=Response, responses=SHEET)
async def import_troubles(import_id: UUID, caller: CallerDep, database: DatabaseDep) -> Response:
    """Get the rows that were not good, each with what to do."""
    return sheet_answer(await database.act(imports.list_troubles, caller, import_id), "troubles.xlsx")


@routes.delete("/imports/{import_id}", status_code=204)
async def drop_import(import_id: UUID, caller: CallerDep, database: DatabaseDep) -> None:
    """Throw a list away of which nothing was written yet."""
    await database.act(imports.drop_import, caller, import_id)
