"""Door 3 of the profile service: jobs, and what is done again and again."""

from services.profile.actions import (
    arranging,
    checks,
    documents,
    notices,
    partner,
    processing,
    scans,
    seals,
    sharing,
    sweeping,
)
from services.profile.models import Document, ScanJob, ScanNotice, ScanRecheck, SharingPush
from shared.kit.jobs import AnyJob, Beat, Job

JOBS: tuple[AnyJob, ...] = (
    Job(ScanJob, processing.process_scan, queues=(scans.QUEUE,), on_failure=processing.reject_failed),
    Job(ScanNotice, notices.tell_bad_scans, queues=(notices.QUEUE,)),
    Job(ScanRecheck, checks.check_scans, queues=(notices.QUEUE,)),
    Job(Document, documents.draw_document, queues=(documents.QUEUE,)),
    Job(SharingPush, partner.tell_partner, queues=(sharing.QUEUE,)),
)
SCHEDULE: tuple[Beat, ...] = (
    Beat("profile.lift_unanswered", seals.lift_unanswered, queue=notices.QUEUE, every=15.0),
    Beat("profile.sweep_files", sweeping.sweep_files, queue=documents.QUEUE, every=6 * 3600.0),
    Beat("profile.forget_removed", arranging.forget_removed, queue=documents.QUEUE, every=3600.0),
    Beat("profile.drop_documents", documents.drop_documents, queue=documents.QUEUE, every=600.0),
)
