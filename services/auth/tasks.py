"""Door 3: jobs in. Bulk accounts come in step 4; what is over is thrown away, and owners are told of attempts."""

from typing import Any

from services.auth.actions.cleaning import clean
from services.auth.actions.notices import notice_reset_attempts
from shared.kit.jobs import Beat, Job

QUEUE = "auth.imports"

JOBS: tuple[Job[Any], ...] = ()
SCHEDULE: tuple[Beat, ...] = (
    Beat("auth.clean", clean, queue=QUEUE, every=3600.0),
    Beat("auth.notice_reset_attempts", notice_reset_attempts, queue=QUEUE, every=60.0),
)
