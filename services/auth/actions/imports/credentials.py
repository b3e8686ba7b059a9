"""Usernames and initial passwords of an import, in a file that is given once."""

from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from services.auth.actions.imports.creating import SECRET
from services.auth.actions.imports.orders import NOT_DONE, held
from services.auth.actions.sheets import Sheet, workbook
from services.auth.models import Account, ImportRow, PeopleImport
from services.auth.queries.authority import demand_administrator
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Gone
from shared.contracts.texts import _
from shared.kit import audit
from shared.kit.database import Session
from shared.kit.texts import translate
from shared.kit.vault import vault

TITLE = _("帐号")
HEADINGS = (_("姓名"), _("用户名"), _("初始密码"))
FETCHED = _("初始密码只提供一次，已被下载。可在帐号管理中为个人发送重置链接。")


class CredentialsFetched(Gone):
    """The file was given out already (410)."""

    code = "credentials_fetched"
    sentence = FETCHED


async def take_credentials(session: Session, caller: Caller, import_id: UUID) -> bytes:
    """The file; from then on the passwords are known to nobody but who has it. Refused as Gone afterwards."""
    await demand_administrator(session, caller)
    listed = await held(session, import_id)
    if listed.credentials == "fetched":
        raise CredentialsFetched
    if listed.state != "done" or listed.credentials != "waiting":
        raise Conflict("import_not_done", NOT_DONE)
    found = await session.execute(
        select(col(Account.name), col(ImportRow.username), col(ImportRow.secret))
        .join(Account, col(Account.id) == col(ImportRow.account_id))
        .where(col(ImportRow.import_id) == import_id, col(ImportRow.secret).is_not(None))
        .order_by(col(ImportRow.row))
    )
    rows = [(name, username or "", vault().unwrap(secret or "", SECRET)) for name, username, secret in found]
    await session.execute(update(ImportRow).where(col(ImportRow.import_id) == import_id).values(secret=None))
    await session.execute(update(PeopleImport).where(col(PeopleImport.id) == import_id).values(credentials="fetched"))
    await audit.note(
        session, caller, "credentials_fetched", "import", import_id, programme=listed.programme, accounts=len(rows)
    )
    headings = [translate(heading, caller.language) for heading in HEADINGS]
    return await workbook(Sheet(title=translate(TITLE, caller.language), headings=headings, rows=rows))
