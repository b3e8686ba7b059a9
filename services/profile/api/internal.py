"""What other services ask of profile; the gateway never comes here."""

from uuid import UUID

from fastapi import Response

from services.profile.actions import seals
from services.profile.api.answers import answer
from services.profile.queries import change_requests, duplicates, profiles, snapshots
from services.profile.rules.seals import Asked
from services.profile.schemas import SealBatch
from shared.kit.web import DatabaseDep, PeerDep, router

routes = router(prefix="/internal", tags=["internal"])


@routes.post("/seals", dependencies=[PeerDep("review")])
async def seal(body: SealBatch, database: DatabaseDep) -> Response:
    """Seal versions before their first decision, an answer each (law 10)."""
    items = [Asked(item.kind, item.id, item.version) for item in body.items]
    return answer(await database.act(seals.seal, items))


@routes.get("/submissions/{submission_id}/versions/{version}", dependencies=[PeerDep("review")])
async def version(submission_id: UUID, version: int, database: DatabaseDep) -> Response:
    """Give a frozen version with full values and the checks of its scans."""
    return answer(await database.read(snapshots.for_review, submission_id, version))


@routes.get("/submissions/{submission_id}/versions/{version}/duplicates", dependencies=[PeerDep("review")])
async def version_duplicates(submission_id: UUID, version: int, database: DatabaseDep) -> Response:
    """Give, by scan of a version, whether another applicant has uploaded the same; review shows it to city tiers."""
    return answer(await database.read(duplicates.duplicates_of_version, submission_id, version))


@routes.get("/change-requests/{change_request_id}", dependencies=[PeerDep("review")])
async def change(change_request_id: UUID, database: DatabaseDep) -> Response:
    """Give a change request with old and new values."""
    return answer(await database.read(change_requests.for_review, change_request_id))


@routes.get("/accounts/{account_id}/statuses", dependencies=[PeerDep("auth")])
async def statuses(account_id: UUID, database: DatabaseDep) -> Response:
    """Give the status of each profile of an account, by programme."""
    return answer(await database.read(profiles.statuses, account_id))
