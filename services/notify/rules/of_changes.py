"""Letters of change requests: to reviewers that one waits or was withdrawn, to the applicant how it was decided."""

from services.notify.rules.drafts import Draft, Json, Owner, Reviewers
from shared.contracts.events import ChangeDecided, ChangeHandedOver, ChangeRequested, ChangeWithdrawn


def of_change_requested(event: ChangeRequested) -> tuple[Draft, ...]:
    """To the reviewers of the organization that decides."""
    return (_to_reviewers("change_requested", event, event.filed_at.isoformat()),)


def of_change_withdrawn(event: ChangeWithdrawn) -> tuple[Draft, ...]:
    """To the same reviewers, who need not look any more."""
    return (_to_reviewers("change_withdrawn", event, event.withdrawn_at.isoformat()),)


def of_change_handed_over(event: ChangeHandedOver) -> tuple[Draft, ...]:
    """To the reviewers of the organization that decides from now on."""
    return (_to_reviewers("change_requested", event, event.handed_at.isoformat()),)


def of_change_decided(event: ChangeDecided) -> tuple[Draft, ...]:
    """To the applicant."""
    params = _about(event) | {
        "at": event.decided_at.isoformat(),
        "decision": event.decision,
        "comment": event.comment,
    }
    link = f"/change-requests/{event.change_request_id}"
    return (Draft("change_decided", Owner(event.account_id), link, params, event.programme),)


def _to_reviewers(letter: str, event: ChangeRequested | ChangeWithdrawn | ChangeHandedOver, at: str) -> Draft:
    """A letter whose link is the request at the reviewer's desk."""
    params = _about(event) | {"talent_type": getattr(event, "talent_type", None), "at": at}
    reviewers = Reviewers(event.organization_id, event.account_id)
    return Draft(letter, reviewers, f"/review/change-requests/{event.change_request_id}", params, event.programme)


def _about(event: ChangeRequested | ChangeWithdrawn | ChangeHandedOver | ChangeDecided) -> dict[str, Json]:
    """Whose request it is, what it would change, and who decides."""
    return {
        "applicant": event.applicant_name,
        "employer": event.employer_name,
        "section": event.section,
        "kind": event.kind,
        "fields": list(event.fields),
        "tier": event.tier,
        "organization": event.organization_name,
    }
