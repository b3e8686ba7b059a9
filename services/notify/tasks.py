"""Door 3: jobs in. Letters are carried by two queues, so that a flood of notices never delays a reset link.

Announcements travel in the slow lane of the ordinary queue: their letters are carried when nothing else waits there.
"""

from typing import Any

from services.notify import actions
from services.notify.models import MAIL, MAILINGS, URGENT, Delivery, Mailing
from services.notify.settings import settings
from shared.kit.jobs import Beat, Job

HOUR = 3600.0
JOBS: tuple[Job[Any], ...] = (
    Job(Delivery, actions.deliver, (MAIL, URGENT, MAILINGS), slow_pace=lambda: settings().mailings_per_second),
    Job(Mailing, actions.mail_announcement, queues=(MAILINGS,)),
)
SCHEDULE: tuple[Beat, ...] = (
    Beat("notify.write_digests", actions.write_digests, queue=MAIL, every=60.0),
    Beat("notify.tidy_attachments", actions.tidy_attachments, queue=MAIL, every=HOUR),
    Beat("notify.tidy_mailbox", actions.tidy_mailbox, queue=MAIL, every=HOUR),
)
