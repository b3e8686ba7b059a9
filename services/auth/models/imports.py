"""Imports of people: the file's rows as they were judged, what became of each, and the jobs that do it."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from services.auth.models.base import Table
from shared.kit.columns import instant, jsonb, sealed, switch
from shared.kit.ids import new_id
from shared.kit.jobs import JobPolicy, JobRow, job_constraints

QUEUE = "auth.imports"


class PeopleImport(Table, table=True):
    """One uploaded list. `undoing` while a run that is done is taken back."""

    __tablename__ = "people_import"
    __table_args__ = (
        CheckConstraint("state IN ('previewed','running','done','undone')", name="people_import_state_known"),
        CheckConstraint("credentials IN ('none','waiting','fetched')", name="people_import_credentials_known"),
        CheckConstraint("NOT undoing OR state = 'running'", name="people_import_undoing_runs"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    programme: str
    file_name: str
    state: str = Field(default="previewed", sa_column_kwargs={"server_default": "previewed"})
    undoing: bool = switch()
    credentials: str = Field(default="none", sa_column_kwargs={"server_default": "none"})
    made_by: UUID
    made_at: datetime = instant(default=True, index=True)
    run_at: datetime | None = instant(nullable=True)
    finished_at: datetime | None = instant(nullable=True)


class ImportRow(Table, table=True):
    """One row of a list. `said` is sealed under the import's own key; `secret` is the initial password until fetched.

    `outcome` is what the preview expects (ready, known, rejected, skipped), then what was done (created, added, failed,
    undone).
    """

    __tablename__ = "import_row"
    __table_args__ = (
        UniqueConstraint("import_id", "row", name="import_row_once"),
        CheckConstraint(
            "outcome IN ('ready','known','rejected','skipped','created','added','failed','undone')",
            name="import_row_outcome_known",
        ),
        Index("import_row_of_account", "account_id", postgresql_where=text("account_id IS NOT NULL")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    import_id: UUID = Field(foreign_key="people_import.id", ondelete="CASCADE")
    row: int
    outcome: str
    troubles: list[Any] = jsonb(server_default="[]")
    said: bytes | None = sealed(nullable=True)
    organization_id: UUID | None = None
    account_id: UUID | None = None
    username: str | None = None
    secret: str | None = None


class ImportChunk(Table, JobRow, table=True):
    """The job that does, or undoes, the rows from `first` to `last` of an import."""

    __tablename__ = "import_chunk"
    __table_args__ = (
        *job_constraints("import_chunk"),
        CheckConstraint("task IN ('run','undo')", name="import_chunk_task_known"),
        UniqueConstraint("import_id", "task", "first", name="import_chunk_once"),
    )
    job: ClassVar[JobPolicy] = JobPolicy(name="auth.import_chunk", lease=30, attempts=10, backoff=2.0)

    import_id: UUID = Field(foreign_key="people_import.id", ondelete="CASCADE")
    task: str
    first: int
    last: int
