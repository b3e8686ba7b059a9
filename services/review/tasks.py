"""Door 3: jobs and the schedule: handovers; and the clock, which looks for overdue work each minute."""

from services.review import actions
from services.review.models import Handover
from shared.kit.jobs import AnyJob, Beat, Job

JOBS: tuple[AnyJob, ...] = (Job(Handover, actions.hand_over, queues=(actions.handovers.QUEUE,)),)
SCHEDULE: tuple[Beat, ...] = (Beat("review.tell_overdue", actions.tell_overdue, queue="review.clock", every=60.0),)
