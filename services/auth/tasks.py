"""Door 3: jobs in. Lists of people are run and undone; what is over is thrown away; owners are told of attempts."""

from typing import Any

from services.auth.actions.cleaning import clean
from services.auth.actions.imports import give_up_chunk, run_chunk
from services.auth.actions.notices import notice_reset_attempts
from services.auth.actions.trail_head import note_head
from services.auth.models import ImportChunk
from services.auth.models.imports import QUEUE
from shared.kit.jobs import Beat, Job

JOBS: tuple[Job[Any], ...] = (Job(ImportChunk, run_chunk, (QUEUE,), give_up_chunk),)
SCHEDULE: tuple[Beat, ...] = (
    Beat("auth.clean", clean, queue=QUEUE, every=3600.0),
    Beat("auth.note_head", note_head, queue=QUEUE, every=60.0),
    Beat("auth.notice_reset_attempts", notice_reset_attempts, queue=QUEUE, every=60.0),
)
