"""An import that an operator starts by command: no administrator is logged in, the trail says so."""

from dataclasses import dataclass

from services.auth.actions.imports.orders import begin_run
from services.auth.actions.imports.preview import keep_rows, read_list
from services.auth.queries.imports import Part, shown_import
from services.auth.schemas.imports import ImportShown
from shared.kit import clock
from shared.kit.database import Database, Session


@dataclass(frozen=True, slots=True)
class ByCommand:
    """A file, and whether anything is to be written."""

    programme: str
    file_name: str
    content: bytes
    dry_run: bool = False


class _Judged(Exception):  # noqa: N818 - what a dry run comes to, not an error
    """Carries the answer out of a transaction that must not be kept."""

    def __init__(self, told: ImportShown) -> None:
        """Keep it."""
        super().__init__()
        self.told = told


async def import_by_command(database: Database, order: ByCommand) -> ImportShown:
    """Judge the rows and run the import; a dry run leaves nothing behind. Refused as at the door."""
    today = await database.read(clock.today)
    listed = await read_list(order.programme, order.file_name, order.content, today)

    async def work(session: Session) -> ImportShown:
        """All of it, in one transaction."""
        import_id = await keep_rows(session, None, listed)
        told = await shown_import(session, import_id, Part(), "en")
        if order.dry_run:
            raise _Judged(told)
        if told.can_run:
            await begin_run(session, None, import_id)
        return told

    try:
        return await database.act(work)
    except _Judged as judged:
        return judged.told
