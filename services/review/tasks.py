"""Door 3: jobs and the schedule. Review has no jobs of its own; its clock looks for overdue work each minute."""

from services.review import actions
from shared.kit.jobs import Beat, Job

JOBS: tuple[Job, ...] = ()  # type: ignore[type-arg]  # jobs of any table
SCHEDULE: tuple[Beat, ...] = (Beat("review.tell_overdue", actions.tell_overdue, queue="review.clock", every=60.0),)
