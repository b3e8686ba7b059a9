"""Makes the demo world: organizations, accounts, and five applicants at five points of their way. Run as a module.

Whatever is there already is left as it is, so that a start that was interrupted is simply made again.
"""

import asyncio
import sys
from pathlib import Path
from uuid import UUID

from cli.demo import stories
from cli.demo.cast import EMPLOYERS, PASSWORD, POOL, REVIEWERS, TITLES, Office, address, offices
from cli.demo.desk import Desk
from cli.demo.notices import put_up
from cli.demo.people import DEMO, Person
from services.auth.actions.demo import DemoAccount, keep_demo_employer, open_demo_account
from services.auth.settings import settings
from shared.kit.database import Database

MARK = "demo.done"
REGISTERED = {"zhang.wei": "unit-lubei", "li.na": "unit-institute", "wang.fang": "unit-lubei"}
ASSIGNED = {"chen.jing": "unit-hebei", "zhao.lei": "unit-hebei"}
MOBILES = {name: f"138053420{number:02}" for number, name in enumerate((*REGISTERED, *ASSIGNED), 1)}


def main() -> None:
    """Make the world, and say that it is whole."""
    seed()
    sys.stdout.write("the demo world is whole\n")


def seed() -> bool:
    """Make what is missing of the world and leave a mark that it is whole; False where it was."""
    mark = Path(settings().data_dir) / MARK
    if mark.exists():
        return False
    asyncio.run(_make())
    mark.write_text("whole\n")
    return True


async def _make() -> None:
    """Make everything, in the order in which it depends on one another."""
    database = Database(settings().database_url)
    try:
        admin = await _open(database, "admin", "系统管理员", ("administrator",))
        employers = await _employers(database)
        reviewers = await _reviewers(database, employers, admin)
        applicants = await _applicants(database, employers)
    finally:
        await database.close()
    async with Desk(admin, "administrator") as desk:
        await put_up(desk)
    await stories.play(applicants, reviewers, employers, MOBILES)


async def _open(
    database: Database, username: str, name: str, roles: tuple[str, ...], organization_id: UUID | None = None
) -> UUID:
    """Open an account of somebody who decides or administers."""
    wanted = DemoAccount(
        username=username, name=name, email=address(username), password=PASSWORD, roles=roles,
        organization_id=organization_id,
    )  # fmt: skip
    return await database.act(open_demo_account, wanted)


async def _employers(database: Database) -> dict[str, UUID]:
    """Username of the reviewer → the employer's id."""
    return {
        one.username: await database.act(
            keep_demo_employer, one.name, one.region, (one.programme,), municipal=one.municipal
        )
        for one in EMPLOYERS
    }


async def _reviewers(database: Database, employers: dict[str, UUID], admin: UUID) -> dict[str, stories.Reviewer]:
    """Username → who decides, for every employer, bureau and office."""
    made = {}
    for username, organization_id in employers.items():
        account_id = await _open(database, username, REVIEWERS[username], ("reviewer",), organization_id)
        made[username] = stories.Reviewer(account_id, organization_id)
    async with Desk(admin, "administrator") as desk:
        for office in offices():
            organization_id = await _office(desk, office)
            account_id = await _open(database, office.username, office.name, ("reviewer",), organization_id)
            made[office.username] = stories.Reviewer(account_id, organization_id)
    return made


async def _office(desk: Desk, office: Office) -> UUID:
    """The id of a bureau or office: reference data, there with or without a demo."""
    found = await desk.get("auth", f"/organizations?kind={office.kind}&region={office.region}")
    return UUID(found["items"][0]["organization_id"])


async def _applicants(database: Database, employers: dict[str, UUID]) -> dict[str, UUID]:
    """Username → account id of the applicants."""
    registered = {name: _registered(name, DEMO[name]) for name in REGISTERED}
    assigned = {name: _assigned(name, DEMO[name], employers[unit]) for name, unit in ASSIGNED.items()}
    return {name: await database.act(open_demo_account, wanted) for name, wanted in (registered | assigned).items()}


def _registered(username: str, person: Person) -> DemoAccount:
    """Somebody who registered for the talent pool."""
    facts = {
        "name": person.name, "mobile": MOBILES[username], "email": address(username), "talent_type": "innovation",
        "research_direction": "固态电解质材料", "professional_title": "高级工程师", "highest_education": "21",
        "highest_degree": "408",
    }  # fmt: skip
    return DemoAccount(
        username=username, name=person.name, email=address(username), password=PASSWORD, mobile=MOBILES[username],
        programme=POOL, registration=facts,
    )  # fmt: skip


def _assigned(username: str, person: Person, employer_id: UUID) -> DemoAccount:
    """Somebody whose account an administrator assigned; zhao.lei has never logged in."""
    facts = {
        "name": person.name, "id_number": person.id_number, "mobile": MOBILES[username], "email": address(username),
        "organization_id": str(employer_id),
    }  # fmt: skip
    return DemoAccount(
        username=username, name=person.name, email=address(username), password=PASSWORD, mobile=MOBILES[username],
        programme=TITLES, imported=facts, new=username == "zhao.lei",
    )  # fmt: skip


if __name__ == "__main__":
    main()
