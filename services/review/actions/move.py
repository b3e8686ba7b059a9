"""The one function that moves a case: filings, withdrawals, decisions, changes and handovers pass through it."""

from uuid import UUID

from services.review.actions import cases, history, turns
from services.review.actions.deeds import Deed
from services.review.actions.membership import become_member
from services.review.actions.tallies import count_decision
from services.review.actions.telling import tell_decision, tell_reached
from services.review.models import Case
from services.review.queries import standing_of
from services.review.rules import Happening, Standing, after
from shared.kit.database import Session


async def move(session: Session, case: Case, deed: Deed, happening: Happening) -> UUID | None:
    """Let a deed have its effect on a case whose row is locked; gives the id of its entry in the history.

    What follows, in this order:
    1. a filing, withdrawal or applied change that the history holds already has no effect (None);
    2. `rules.after` says where the case stands next;
    3. an approval at the last tier makes a member: category, date, and a number where the programme gives numbers;
    4. the history takes the deed in, chained to what was before;
    5. the turn of the organization that held the case ends; one begins where it waits next, with its last day; an
       applied change is shown to all who saw the approved version; a handover begins the new organization's turn
       where the old one held the case, and only changes the route where its turn was still to come;
    6. a decision is counted for the figures;
    7. events are told: `TierDecided`, `Approved` or `Returned` of a decision, `TierReached` where it waits anew;
    8. the case's row is written.
    """
    if await history.was_told(session, case, deed):
        return None
    before = standing_of(case)
    now = after(before, happening)
    waited_since = case.waiting_since if deed.kind == "decided" else None
    _stand(case, before, now, deed)
    if deed.kind == "decided" and now.state == "approved":
        await become_member(session, case, deed)
    entry_id = await history.append(session, case, deed, waited_since)
    begun = await _pass_on(session, case, deed, before, now)
    if deed.kind == "decided":
        await count_decision(session, case, deed, waited_since)
        await tell_decision(session, case, deed, entry_id, now)
    if begun is not None:
        tell_reached(session, case, deed.at, begun)
    await cases.write(session, case)
    return entry_id


def _waits_anew(before: Standing | None, now: Standing) -> bool:
    """Whether a version, or the next tier, begins to wait."""
    return now.state == "in_review" and (before is None or now.place != before.place)


def _stand(case: Case, before: Standing | None, now: Standing, deed: Deed) -> None:
    """Put the case in hand where it stands now."""
    case.state, case.round, case.version, case.position = now.state, now.round, now.version, now.position
    case.route = [step.model_dump(mode="json") for step in now.route]
    case.tier, case.organization_id = now.step.tier, now.step.organization_id
    if _waits_anew(before, now):
        case.waiting_since = deed.at
    elif now.state != "in_review":
        case.waiting_since = None


async def _pass_on(
    session: Session, case: Case, deed: Deed, before: Standing | None, now: Standing
) -> turns.Begun | None:
    """End and begin turns; gives the one that begins to wait."""
    if before is not None and before.state in {"in_review", "approved"} and now.place != before.place:
        await turns.end(session, case.id, before.step.organization_id, deed)
    if deed.kind == "change_applied" and before is not None:
        await turns.show_version(session, case.id, before.version, now.version)
    begun = None
    if _waits_anew(before, now):
        begun = await turns.begin(session, case, now.step, deed, waiting=True)
    elif deed.kind == "filed":
        await turns.begin(session, case, deed.step, deed, waiting=False)
    if deed.kind == "filed" and before is not None:
        await turns.describe(session, case, deed)
    return begun
