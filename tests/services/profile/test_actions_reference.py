"""What is heard of accounts and organizations: the newest telling stays, in whatever order they come."""

import itertools
from typing import Any
from uuid import UUID

from sqlalchemy import text

from shared.contracts.events import AccountChanged, AccountOpened, OrganizationChanged
from shared.kit.database import Session
from shared.kit.ids import new_id
from tests.services.profile.world import AT, DEZHOU, World


def organization(organization_id: UUID, version: int) -> OrganizationChanged:
    """A telling of an organization."""
    return OrganizationChanged(
        organization_id=organization_id,
        version=version,
        name=f"第{version}版",
        pinyin="di",
        kind="employer",
        region="371402",
        municipal=False,
        programmes=(DEZHOU,),
        disabled=version == 3,
    )


def account(account_id: UUID, version: int) -> AccountOpened | AccountChanged:
    """A telling of an account."""
    state: dict[str, Any] = {
        "account_id": account_id,
        "version": version,
        "username": "zhang.wei",
        "name": f"第{version}版",
        "email": "zhang.wei@demo.juxian.test",
        "language": "zh",
        "mail_mode": "each",
        "roles": ("applicant",),
        "organization_id": None,
        "programmes": (DEZHOU,),
    }
    if version == 1:
        return AccountOpened(**state, opened_by="registration", opened_at=AT)
    return AccountChanged(**state, disabled=version == 3)


async def _kept(session: Session, table: str, row_id: UUID) -> tuple[str, int, bool]:
    """What is kept of it."""
    row = await session.execute(text(f"SELECT name, version, is_disabled FROM {table} WHERE id = :id"), {"id": row_id})
    name, version, is_disabled = row.one()
    return name, version, is_disabled


async def test_the_newest_telling_stays(world: World) -> None:
    for order in itertools.permutations((1, 2, 3)):
        organization_id, account_id = new_id(), new_id()
        for version in order:
            await world.hear(organization(organization_id, version))
            await world.hear(account(account_id, version))

        assert await world.database.read(_kept, "organization", organization_id) == ("第3版", 3, True)
        assert await world.database.read(_kept, "account", account_id) == ("第3版", 3, True)
