"""Door 3: jobs and the schedule: handovers, large exports, figures; the clock, which looks each minute."""

from services.review import actions
from services.review.models import Handover, SheetExport
from shared.kit.jobs import AnyJob, Beat, Job

QUEUE = "review.clock"
JOBS: tuple[AnyJob, ...] = (
    Job(Handover, actions.hand_over, queues=(QUEUE,)),
    Job(SheetExport, actions.write_export, queues=(QUEUE,)),
)
SCHEDULE: tuple[Beat, ...] = (
    Beat("review.tell_overdue", actions.tell_overdue, queue=QUEUE, every=60.0),
    Beat("review.fold_tallies", actions.fold_tallies, queue=QUEUE, every=600.0),
    Beat("review.forget_exports", actions.forget_exports, queue=QUEUE, every=3600.0),
)
