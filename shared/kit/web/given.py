"""What a route is given: its service's database, and the caller whom the signed identity names."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.params import Depends as DependsClass

from shared.contracts.identity import Caller, ServiceName
from shared.contracts.refusals import Forbidden, Unauthenticated
from shared.kit.database import Database
from shared.kit.identity import verify


def _database(request: Request) -> Database:
    """The service's database."""
    database: Database = request.app.state.database
    return database


def _caller(request: Request) -> Caller:
    """The caller of a signed request; without a signature that holds nobody gets in."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated
    return verify(token, request.app.state.service)


DatabaseDep = Annotated[Database, Depends(_database)]
CallerDep = Annotated[Caller, Depends(_caller)]


def PeerDep(*services: ServiceName) -> DependsClass:  # noqa: N802 - stands where other dependencies stand
    """Guard an internal route: only these services may call it."""

    def guard(caller: CallerDep) -> None:
        """Refuse every other caller."""
        if caller.actor not in services:
            raise Forbidden

    dependency: DependsClass = Depends(guard)
    return dependency
