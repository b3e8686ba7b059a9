"""Who is calling: the identity that travels signed from the gateway to a service."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from shared.contracts.refusals import Forbidden, Unauthenticated
from shared.contracts.texts import _

Role = Literal["applicant", "reviewer", "administrator", "operator"]
Language = Literal["zh", "en"]
ServiceName = Literal["gateway", "auth", "profile", "review", "notify"]
SERVICES: tuple[ServiceName, ...] = ("gateway", "auth", "profile", "review", "notify")


@dataclass(frozen=True, slots=True)
class Caller:
    """The person behind a request, and the service that speaks for them.

    Roles and organization are hints of the session; a service that decides on them reads its own tables again
    where they may have changed. `account_id` is None for visitors and for a service that calls by itself.
    """

    actor: ServiceName
    account_id: UUID | None = None
    roles: frozenset[Role] = frozenset()
    organization_id: UUID | None = None
    session_id: UUID | None = None
    must_change_password: bool = False
    language: Language = "zh"
    address: str = ""

    @property
    def person(self) -> UUID:
        """The account of a person who is logged in; a visitor is refused."""
        if self.account_id is None:
            raise Unauthenticated
        return self.account_id

    @property
    def organization(self) -> UUID:
        """The organization that a reviewer decides for; anyone else is refused."""
        if "reviewer" not in self.roles or self.organization_id is None:
            raise Forbidden(code="reviewers_only", sentence=_("只有审核人员可以使用此功能。"))
        return self.organization_id
