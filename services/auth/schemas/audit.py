"""The audit trail as administrators see it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel


class ActorShown(BaseModel):
    """Who did it."""

    account_id: UUID
    username: str | None
    name: str | None


class OrganizationNamed(BaseModel):
    """For which organization it was done."""

    organization_id: UUID
    name: str | None


class SubjectShown(BaseModel):
    """What it was done to; `name` where auth knows one."""

    kind: str
    id: str | None
    name: str | None


class AuditItem(BaseModel):
    """One entry; `detail` holds codes, names of fields, ids and counts."""

    audit_id: UUID
    at: datetime
    actor: ActorShown | None
    roles: list[str]
    organization: OrganizationNamed | None
    action: str
    subject: SubjectShown
    programme: str | None
    reason: str | None
    detail: dict[str, Any]
    request_id: str


class AuditWords(BaseModel):
    """What the trail can be searched for: actions, and kinds of subjects."""

    items: list[str]
    kinds: list[str]
