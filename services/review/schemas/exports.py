"""Exports of worklists that take a while."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel


class ExportShown(BaseModel):
    """An export, and how far it has come; `url` is where its file lies when it is done, under the API's root."""

    export_id: UUID
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    asked_at: datetime
    total: int
    done: int
    url: str | None
