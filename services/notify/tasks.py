"""Door 3: jobs in. Letters are carried by two queues, so that a flood of notices never delays a reset link."""

from typing import Any

from services.notify import actions
from services.notify.models import MAIL, URGENT, Delivery
from shared.kit.jobs import Beat, Job

JOBS: tuple[Job[Any], ...] = (Job(Delivery, actions.deliver, queues=(MAIL, URGENT)),)
SCHEDULE: tuple[Beat, ...] = (Beat("notify.write_digests", actions.write_digests, queue=MAIL, every=60.0),)
