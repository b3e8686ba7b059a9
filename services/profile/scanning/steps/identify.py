"""Step: tell what the bytes are."""

from services.profile.scanning.kinds import FIRST_BYTES, sniff
from services.profile.scanning.outcome import Rejection
from services.profile.scanning.work import Did, Rejected, Work


def identify(work: Work) -> Did:
    """Find `kind` from the first bytes; refuse what is empty or of no accepted format."""
    with work.source.open("rb") as file:
        first_bytes = file.read(FIRST_BYTES)
    if not first_bytes:
        raise Rejected(Rejection.FILE_EMPTY)
    work.kind = sniff(first_bytes)
    if work.kind is None:
        raise Rejected(Rejection.TYPE_NOT_ACCEPTED)
    return Did.DONE
