"""The empty list to fill in: text columns, and the programme's employers to choose from."""

from sqlalchemy import select
from sqlmodel import col

from services.auth.actions.imports.preview import NOT_ASSIGNED
from services.auth.actions.sheets import Sheet, workbook
from services.auth.models import Organization
from services.auth.queries.authority import demand_administrator
from services.auth.rules.people import COLUMNS
from shared.contracts.identity import Caller
from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.kit.database import Session
from shared.kit.texts import translate
from shared.programmes import facts
from shared.programmes.catalogue import PROGRAMMES
from shared.programmes.shape import Accounts

TITLE, CHOICES = _("人员名单"), _("可选内容")
MOST_EMPLOYERS = 20_000


async def make_template(session: Session, caller: Caller, programme: str) -> bytes:
    """The .xlsx file for a programme whose accounts are assigned."""
    await demand_administrator(session, caller)
    declared = PROGRAMMES.get(programme)
    if declared is None or declared.accounts is not Accounts.ASSIGNED:
        raise Invalid(faults=[Fault("not_a_choice", NOT_ASSIGNED, field="programme")])
    found = await session.execute(
        select(col(Organization.name))
        .where(
            col(Organization.programmes).contains([programme]),
            col(Organization.employs),
            col(Organization.disabled_at).is_(None),
        )
        .order_by(col(Organization.pinyin), col(Organization.id))
        .limit(MOST_EMPLOYERS)
    )
    places = {column.field: place for place, column in enumerate(COLUMNS)}
    employers = list(found.scalars())
    kinds = [choice.title.say(caller.language) for choice in facts.id_types()]
    return await workbook(
        Sheet(
            title=translate(TITLE, caller.language),
            headings=[translate(column.heading, caller.language) for column in COLUMNS],
            choices={places["employer"]: employers, places["id_type"]: kinds},
            choices_title=translate(CHOICES, caller.language),
        )
    )
