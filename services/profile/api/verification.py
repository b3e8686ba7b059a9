"""What anybody may verify: the number on a paper, and the keys that papers are signed with."""

from typing import Annotated

from fastapi import Path, Response

from services.profile.actions.signing import own_key
from services.profile.api.answers import answer
from services.profile.queries.verification import verified
from services.profile.schemas import SigningKeys, Verified
from shared.kit.web import CallerDep, DatabaseDep, router

routes = router(prefix="/verify", tags=["verification"])


@routes.get("/keys", response_model=SigningKeys)
async def signing_keys(_caller: CallerDep) -> Response:
    """List the public keys that dossiers are signed with (Ed25519, base64)."""
    key = own_key()
    item = {"key_id": key.key_id, "algorithm": "Ed25519", "public_key": key.public}
    return answer({"items": [item], "next_cursor": None})


@routes.get("/{number}", response_model=Verified)
async def verify_number(
    number: Annotated[str, Path(max_length=40)], _caller: CallerDep, database: DatabaseDep
) -> Response:
    """Tell what an approved number stands for, a submission's or a member's: surname, category, day."""
    return answer(await database.read(verified, number.strip().upper()))
