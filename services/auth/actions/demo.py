"""Accounts and employers of a demo world, with fixed passwords; nothing of it exists outside a local installation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from services.auth.actions import telling
from services.auth.actions.hashing import Secret, hashing, initial_of
from services.auth.actions.opening import Opening, open_account
from services.auth.actions.organizations import keep_organization
from services.auth.actions.provisioning import id_index
from services.auth.queries import accounts
from services.auth.rules.organizations import OFFICES, Said
from services.auth.settings import settings
from shared.contracts.refusals import Conflict, Forbidden
from shared.kit.database import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """One account of the demo world. `imported` makes it an assigned one, `registration` a registered one.

    `new`: assigned and never logged in, so that the password must be changed.
    """

    username: str
    name: str
    email: str
    password: str
    roles: tuple[str, ...] = ("applicant",)
    mobile: str | None = None
    organization_id: UUID | None = None
    programme: str | None = None
    registration: Mapping[str, Any] | None = None
    imported: Mapping[str, Any] | None = None
    new: bool = False


async def open_demo_account(session: Session, wanted: DemoAccount) -> UUID:
    """Open the account, or give the one that is there; tells `AccountOpened`. Refused outside a local installation."""
    _demand_local()
    known = await accounts.by_name(session, wanted.username)
    if known is not None:
        return known.id
    opened_by = "registration" if wanted.registration else "import" if wanted.imported else "operator"
    secret = Secret("initial", initial_of(wanted.password)) if wanted.new else await hashing().keep(wanted.password)
    account = await open_account(
        session,
        Opening(
            username=wanted.username,
            name=wanted.name,
            email=wanted.email,
            mobile=wanted.mobile,
            opened_by=opened_by,
            roles=wanted.roles,
            organization_id=wanted.organization_id,
            programme=wanted.programme,
            secret=secret,
            registration=wanted.registration,
            imported=wanted.imported,
            id_index=id_index(str(wanted.imported["id_number"])) if wanted.imported else None,
        ),
    )
    if account is None:
        raise Conflict("username_taken")
    await telling.opened(session, account, wanted.programme)
    return account.id


async def keep_demo_employer(
    session: Session, name: str, region: str, programmes: tuple[str, ...], *, municipal: bool
) -> UUID:
    """Make an employer, or give the one that is there; its id follows from its name. Tells `OrganizationChanged`."""
    _demand_local()
    said = Said("employer", region, municipal, None, programmes)
    organization_id = uuid5(OFFICES, name)
    await keep_organization(session, organization_id, name, said)
    return organization_id


def _demand_local() -> None:
    """Refuse where this is no local installation: passwords that everybody knows are for trying out alone."""
    if settings().installation != "local":
        raise Forbidden
