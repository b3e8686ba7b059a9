"""People and organizations for tests of auth: invented, with valid check digits."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import httpx
from redis.asyncio import Redis

from services.auth.actions.demo import DemoAccount, keep_demo_employer, open_demo_account
from shared.contracts.identity import Caller
from shared.kit.database import Database
from tests.conftest import Client

PASSWORD = "Qingfeng-lai-2026"
OTHER_PASSWORD = "Mingyue-zai-2027"
DEZHOU, HEBEI = "dezhou-talent-pool", "hebei-professional-title"
ID_NUMBER = "371402199003072316"
VISITOR = Caller(actor="gateway", address="203.0.113.7")
REGISTRATION = {
    "username": "Zhang.Wei",
    "password": PASSWORD,
    "password_confirm": PASSWORD,
    "name": "张伟",
    "mobile": "13805340001",
    "email": "zhang.wei@demo.juxian.test",
    "talent_type": "innovation",
    "research_direction": "高分子材料",
    "professional_title": "高级工程师",
    "highest_education": "11",
    "highest_degree": "2",
    "accept_terms": True,
}
ZHANG = DemoAccount(
    username="zhang.wei",
    name="张伟",
    email="zhang.wei@demo.juxian.test",
    password=PASSWORD,
    mobile="13805340001",
    programme=DEZHOU,
    registration={"name": "张伟", "talent_type": "innovation"},
)
ADMIN = DemoAccount(
    username="admin", name="管理员", email="admin@demo.juxian.test", password=PASSWORD, roles=("administrator",)
)
REVIEWER = DemoAccount(
    username="unit-lubei", name="赵敏", email="unit-lubei@demo.juxian.test", password=PASSWORD, roles=("reviewer",)
)


def as_person(account_id: UUID, session_id: UUID | None = None, *roles: str) -> Caller:
    """A person who calls through the gateway."""
    return Caller(
        actor="gateway",
        account_id=account_id,
        session_id=session_id,
        roles=frozenset(roles),  # type: ignore[arg-type]  # names of roles
        address="203.0.113.7",
    )


async def opened(database: Database, account: DemoAccount) -> UUID:
    """Open a demo account."""
    return await database.act(open_demo_account, account)


async def employer(database: Database, name: str = "鲁北新材料有限公司", region: str = "371402") -> UUID:
    """Make an employer of the Dezhou programme."""
    return await database.act(keep_demo_employer, name, region, (DEZHOU,), municipal=region.endswith("00"))


async def reviewer(database: Database) -> UUID:
    """Open a reviewer's account at an employer."""
    return await opened(database, replace(REVIEWER, organization_id=await employer(database)))


@dataclass
class Door:
    """Auth's API, called as somebody."""

    client: Client
    database: Database
    redis: Redis

    async def __call__(
        self, method: str, path: str, body: object = None, caller: Caller = VISITOR, **headers: str
    ) -> httpx.Response:
        """Call; further arguments are headers."""
        given = self.client.as_caller(caller) | {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.request(method, path, json=body, headers=given)

    async def log_in(self, username: str = "zhang.wei", password: str = PASSWORD) -> httpx.Response:
        """Try to log in."""
        return await self("POST", "/sessions", {"username": username, "password": password})

    async def resolve(self, token: str) -> dict[str, Any]:
        """What the gateway is told of a token; the problem where it is dead."""
        from services.auth.actions.tokens import digest

        answer = await self("POST", "/internal/sessions/resolve", {"token_sha256": digest(token)})
        told: dict[str, Any] = answer.json()
        return told

    async def entered(self, username: str = "zhang.wei", password: str = PASSWORD) -> tuple[str, Caller]:
        """Log in; gives the token and the caller that the gateway makes of it."""
        token = (await self.log_in(username, password)).json()["access_token"]
        told = await self.resolve(token)
        return token, as_person(UUID(told["account_id"]), UUID(told["session_id"]), *told["roles"])
