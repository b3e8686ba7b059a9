"""Filing: the draft is frozen as the next version, and the submission goes into review."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.profile.actions.drafts import open_profile, refusal_of_lock
from services.profile.actions.snapshots import Frozen, Version, freeze
from services.profile.actions.states import move
from services.profile.models import NumberSeries
from services.profile.queries import drafts, offices, profiles
from services.profile.queries.drafts import Draft
from services.profile.queries.programmes import window_of
from services.profile.queries.submissions import Shown, submission
from services.profile.rules import contents as data, filing
from services.profile.rules.filing import Office, Step
from shared.contracts.events import RouteStep, SubmissionFiled
from shared.contracts.identity import Caller
from shared.contracts.refusals import Invalid
from shared.contracts.texts import _
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.outbox import tell
from shared.kit.vault import vault
from shared.programmes.facts import pinyin
from shared.programmes.shape import Contents, Programme


@dataclass(frozen=True, slots=True)
class Filing:
    """All that a filing is made of, judged."""

    draft: Draft
    held: Contents
    employer: Office
    route: tuple[Step, ...]


async def submit(session: Session, caller: Caller, slug: str, organization_id: UUID | None) -> Shown:
    """File an applicant's draft; gives the submission.

    409 while the employer's decision stands, when approved, and outside the window; 422 with everything that is
    missing, for another employer than the draft's, and for a tier that nobody holds. Filing again before the
    employer decides puts the new version in the old one's place.
    """
    draft = await open_profile(session, caller.person, slug, lock=True)
    if draft.standing.is_locked:
        raise await refusal_of_lock(session, draft, "already_in_review")
    at = await clock.now(session)
    window = await window_of(session, slug, draft.account_id, at)
    filing.check_open(draft.standing, window, at, at.astimezone(clock.CHINA).date())
    filed = await _judged(session, draft, organization_id)
    await _file(session, filed, at.astimezone(clock.CHINA).year)
    return await submission(session, draft.account_id, draft.submission_id)


async def _judged(session: Session, draft: Draft, asked: UUID | None) -> Filing:
    """Ask every law of filing."""
    records = await drafts.records(session, draft)
    missing = await profiles.missing(session, draft, records)
    if missing:
        raise Invalid(code="incomplete", sentence=_("申报内容还不完整，请按提示补充后再提交。"), faults=missing)
    held = data.contents(draft.programme, drafts.by_section(records))
    employer = await offices.office(session, UUID(data.employer(held)))
    if employer is None:
        raise Invalid(code="employer_unknown", sentence=_("工作单位已不存在，请重新选择。"))
    named = None if asked in {None, employer.organization_id} else await offices.office(session, asked)
    filing.check_employer(draft.programme, named, employer, named.organization_id if named else asked)
    route = filing.route(draft.programme, employer, await _holders(session, draft.programme, employer))
    return Filing(draft, held, employer, route)


async def _holders(session: Session, programme: Programme, employer: Office) -> Sequence[Office]:
    """The organizations among which the route's holders are."""
    tiers = programme.route_for(municipal=employer.municipal)
    kinds = {tier.kind for tier in tiers}
    return await offices.offices(session, kinds, {tier.region(employer.region) for tier in tiers})


async def _file(session: Session, filed: Filing, year: int) -> None:
    """Freeze the version, move the state, and tell of it."""
    draft, standing = filed.draft, filed.draft.standing
    version, round_ = standing.version + 1, filing.next_round(standing)
    number = draft.number or await _next_number(session, draft.programme, year)
    route = [step.frozen() for step in filed.route]
    frozen = await freeze(session, draft, filed.held, Version(version, round_, route, filed.employer))
    filed_now = {"number": number, "filed_at": frozen.filed_at, "holder_id": None}
    await move(session, draft, "in_review", version=version, round=round_, **filed_now)
    tell(session, _told(filed, frozen, version, round_, number))


async def _next_number(session: Session, programme: Programme, year: int) -> str:
    """The next number of the programme's series of that year."""
    first = insert(NumberSeries).values(programme=programme.programme, year=year, last=1)
    following = first.on_conflict_do_update(
        index_elements=[col(NumberSeries.programme), col(NumberSeries.year)],
        set_={"last": col(NumberSeries.last) + 1},
    )
    serial = (await session.execute(following.returning(col(NumberSeries.last)))).scalar_one()
    return filing.number(programme, year, serial)


def _told(filed: Filing, frozen: Frozen, version: int, round_: int, number: str) -> SubmissionFiled:
    """The event: the route as frozen, and the names that letters need."""
    draft, id_number = filed.draft, data.id_number(filed.held)
    return SubmissionFiled(
        submission_id=draft.submission_id,
        case_id=draft.case_id,
        programme=draft.programme.programme,
        account_id=draft.account_id,
        applicant_name=frozen.applicant_name,
        applicant_pinyin=pinyin.of_person(frozen.applicant_name),
        employer_id=filed.employer.organization_id,
        employer_name=filed.employer.name,
        talent_type=draft.talent_type,
        version=version,
        round=round_,
        route=tuple(_step(step) for step in filed.route),
        filed_at=frozen.filed_at,
        number=number,
        content_hash=frozen.content_hash,
        attention=frozen.attention,
        foreign=data.is_foreign(filed.held),
        id_index=vault().index(id_number, "id_number"),
        id_last4_index=vault().index(id_number[-4:], "id_last4"),
    )


def _step(step: Step) -> RouteStep:
    """A step as events carry it."""
    return RouteStep(
        tier=step.tier.tier,
        organization_id=step.office.organization_id,
        organization_name=step.office.name,
        classifies=step.tier.classifies,
        working_days=step.tier.working_days,
    )
