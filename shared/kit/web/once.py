"""Idempotency keys: the same key and body within a day give the first answer again, and create nothing new."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any, Concatenate, ParamSpec
from uuid import UUID

import orjson
from fastapi import Depends, Request, Response
from fastapi.encoders import jsonable_encoder
from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col

from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.kit import clock
from shared.kit.columns import instant
from shared.kit.database import Database, Session
from shared.kit.ids import new_id
from shared.kit.vault import vault
from shared.kit.web.given import CallerDep

Given = ParamSpec("Given")
LONGEST = 200
NOBODY = UUID(int=0)


class Idempotency(SQLModel, table=True):
    """One key with the answer that was given for it, encrypted, for a day."""

    __tablename__ = "idempotency"

    key: str = Field(primary_key=True)
    account_id: UUID = Field(primary_key=True)
    """The nil UUID for visitors."""
    id: UUID = Field(default_factory=new_id)
    route: str
    body_sha256: str
    status: int | None = None
    answer: str | None = None
    created_at: datetime = instant(default=True, index=True)


class Once:
    """Runs an action once for an idempotency key; without a key, as often as it is asked."""

    def __init__(self, database: Database, key: str | None, account_id: UUID, route: str, body: bytes) -> None:
        """Keep what tells one request from another."""
        self.database, self.key, self.account_id, self.route = database, key, account_id, route
        self.body_sha256 = hashlib.sha256(body).hexdigest()

    async def __call__(
        self,
        status: int,
        action: Callable[Concatenate[Session, Given], Awaitable[Any]],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Response:
        """Run the action in one transaction with the note of its answer; gives the response.

        The same key with another body or on another route is refused as Invalid.
        """

        async def noted(session: Session) -> tuple[int, bytes]:
            """Give the kept answer, or act and keep it."""
            kept = await self._kept(session)
            if kept is not None:
                return kept
            answer = orjson.dumps(jsonable_encoder(await action(session, *args, **kwargs)))
            await self._keep(session, status, answer)
            return status, answer

        code, content = await self.database.act(noted)
        return Response(content if content != b"null" else b"", code, media_type="application/json")

    async def _kept(self, session: Session) -> tuple[int, bytes] | None:
        """The answer that was given before; a request that is still under way is waited for by the unique key."""
        if self.key is None:
            return None
        await session.execute(
            text("DELETE FROM idempotency WHERE key = :key AND account_id = :who"
                 " AND created_at < juxian_now() - interval '24 hours'"),
            {"key": self.key, "who": self.account_id},
        )  # fmt: skip
        mine = insert(Idempotency).values(
            id=new_id(), key=self.key, account_id=self.account_id, route=self.route, body_sha256=self.body_sha256,
            created_at=clock.now_sql(),
        )  # fmt: skip
        made = await session.execute(mine.on_conflict_do_nothing().returning(col(Idempotency.id)))
        if made.first() is not None:
            return None
        row = (await session.execute(select(Idempotency).where(*self._mine()))).scalar_one()
        if (row.route, row.body_sha256) != (self.route, self.body_sha256) or row.answer is None or row.status is None:
            raise Invalid("idempotency_key_reused", _("这个 Idempotency-Key 已用于另一请求，请换一个。"))
        return row.status, vault().unwrap(row.answer, "idempotency").encode()

    async def _keep(self, session: Session, status: int, answer: bytes) -> None:
        """Note the answer beside the key."""
        if self.key is not None:
            await session.execute(
                update(Idempotency)
                .where(*self._mine())
                .values(status=status, answer=vault().wrap(answer.decode(), "idempotency"))
            )

    def _mine(self) -> tuple[Any, Any]:
        """The condition that finds this key's row."""
        return col(Idempotency.key) == self.key, col(Idempotency.account_id) == self.account_id


async def _once(request: Request, caller: CallerDep) -> Once:
    """Read the key's header and the body that it speaks for."""
    key = request.headers.get("idempotency-key")
    if key is not None and (not key or len(key) > LONGEST or not key.isprintable()):
        sentence = _("Idempotency-Key 须为 1 至 200 个可见字符。")
        raise Invalid(faults=[Fault("idempotency_key_invalid", sentence, field="Idempotency-Key")])
    database: Database = request.app.state.database
    is_form = request.headers.get("content-type", "").startswith("multipart/")
    body = b"" if is_form or key is None else await request.body()
    return Once(database, key, caller.account_id or NOBODY, f"{request.method} {request.url.path}", body)


OnceDep = Annotated[Once, Depends(_once)]
