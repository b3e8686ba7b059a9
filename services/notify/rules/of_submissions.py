"""Letters of submissions: to the applicant what became of it, to reviewers that it waits, and when too long."""

from services.notify.rules.drafts import Administrators, Audience, Draft, Json, Owner, Reviewers
from shared.contracts.events import (
    Approved,
    Overdue,
    Remark,
    Returned,
    ScansNeedAttention,
    SubmissionFiled,
    SubmissionWithdrawn,
    TierDecided,
    TierReached,
)

OfSubmission = SubmissionFiled | SubmissionWithdrawn
OfCase = TierReached | TierDecided | Returned | Approved | Overdue


def of_filed(event: SubmissionFiled) -> tuple[Draft, ...]:
    """To the applicant. Reviewers of the first tier are written to when review says that the case is there."""
    first = event.route[0]
    params = _about(event) | {
        "filing": event.number,
        "version": event.version,
        "tier": first.tier,
        "organization": first.organization_name,
        "at": event.filed_at.isoformat(),
        "again": event.version > 1,
    }
    return (_to_applicant("submission_filed", event, params),)


def of_withdrawn(event: SubmissionWithdrawn) -> tuple[Draft, ...]:
    """To the applicant, and to the reviewers of the first tier, who need not look any more."""
    first = event.first_tier
    params = _about(event) | {
        "tier": first.tier,
        "organization": first.organization_name,
        "at": event.withdrawn_at.isoformat(),
    }
    reviewers = Reviewers(first.organization_id, event.account_id)
    return (
        _to_applicant("submission_withdrawn", event, params),
        Draft("case_withdrawn", reviewers, f"/review/cases/{event.case_id}", params, event.programme),
    )


def of_tier_reached(event: TierReached) -> tuple[Draft, ...]:
    """To the reviewers of the tier where it waits now, the first one too."""
    params = _of_case(event) | {
        "at": event.reached_at.isoformat(),
        "due_on": event.due_on.isoformat(),
        "again": event.again,
    }
    reviewers = Reviewers(event.organization_id, event.account_id)
    return (_about_case("case_waiting", reviewers, event, params),)


def of_tier_decided(event: TierDecided) -> tuple[Draft, ...]:
    """To the applicant: one tier further."""
    params = _of_case(event) | {
        "at": event.decided_at.isoformat(),
        "comment": event.comment,
        "next_tier": event.next_tier,
        "next_organization": event.next_organization_name,
    }
    return (_to_applicant("tier_approved", event, params),)


def of_returned(event: Returned) -> tuple[Draft, ...]:
    """To the applicant, with the comment and every remark."""
    params = _of_case(event) | {
        "at": event.decided_at.isoformat(),
        "comment": event.comment,
        "remarks": [_remark(remark) for remark in event.remarks],
        "until": event.file_again_until.isoformat(),
    }
    return (_to_applicant("submission_returned", event, params),)


def of_approved(event: Approved) -> tuple[Draft, ...]:
    """To the applicant, with category and number where there are any."""
    params = _of_case(event) | {
        "at": event.decided_at.isoformat(),
        "comment": event.comment,
        "category": event.category,
        "number": event.number,
        "approved_on": event.approved_on.isoformat(),
    }
    return (_to_applicant("submission_approved", event, params),)


def of_overdue(event: Overdue) -> tuple[Draft, ...]:
    """To the tier's reviewers, and when that did not help, to the administrators."""
    params = _of_case(event) | {
        "at": event.told_at.isoformat(),
        "waiting_since": event.waiting_since.isoformat(),
        "due_on": event.due_on.isoformat(),
    }
    if event.escalated:
        return (Draft("case_escalated", Administrators(), "/login", params, event.programme),)
    return (_about_case("case_overdue", Reviewers(event.organization_id, event.account_id), event, params),)


def of_scans(event: ScansNeedAttention) -> tuple[Draft, ...]:
    """To the applicant, each scan with what to do; none where nothing is left to do."""
    scans: list[Json] = [
        {"section": scan.section, "field": scan.field, "zh": scan.sentence_zh, "en": scan.sentence_en}
        for scan in event.scans
    ]
    params: dict[str, Json] = {"at": event.noticed_at.isoformat(), "scans": scans}
    draft = Draft("scans_need_attention", Owner(event.account_id), "/login", params, event.programme)
    return (draft,) if scans else ()


def _about(event: OfSubmission | OfCase) -> dict[str, Json]:
    """Whose submission it is."""
    return {
        "applicant": event.applicant_name,
        "employer": event.employer_name,
        "talent_type": event.talent_type,
    }


def _of_case(event: OfCase) -> dict[str, Json]:
    """Whose it is, and which tier it is about."""
    return _about(event) | {"tier": event.tier, "organization": event.organization_name}


def _remark(remark: Remark) -> Json:
    """Where a remark is pinned, and what it says."""
    return {"section": remark.section, "field": remark.field, "comment": remark.comment}


def _to_applicant(letter: str, event: OfSubmission | OfCase, params: dict[str, Json]) -> Draft:
    """A letter to the applicant, whose link is the submission."""
    link = f"/submissions/{event.submission_id}"
    return Draft(letter, Owner(event.account_id), link, params, event.programme)


def _about_case(letter: str, to: Audience, event: OfCase, params: dict[str, Json]) -> Draft:
    """A letter whose link is the case at the reviewer's desk."""
    return Draft(letter, to, f"/review/cases/{event.case_id}", params, event.programme)
