"""The law of filing: when it may be done, what is still missing, and which way it goes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from math import inf
from typing import Any
from uuid import UUID

from services.profile.rules.contents import NamedIn
from services.profile.rules.drafts import Standing
from shared.contracts.refusals import Conflict, Fault, Invalid
from shared.contracts.texts import _
from shared.programmes.shape import Programme, Seat, Tier

SCAN_PROCESSING = _("文件还在处理中，请稍候再提交。")
SCAN_REJECTED = _("文件未通过处理，请重新上传。")
SCAN_GONE = _("文件已不存在，请重新上传。")


@dataclass(frozen=True, slots=True)
class Span:
    """When filings are taken; an open side has no end."""

    opens_at: datetime | None
    closes_at: datetime | None

    def holds(self, at: datetime) -> bool:
        """Whether that moment lies in it: from the opening on, before the closing."""
        return (self.opens_at is None or self.opens_at <= at) and (self.closes_at is None or at < self.closes_at)

    def state(self, at: datetime) -> str:
        """Whether it is `coming`, `open` or `over` at that moment."""
        if self.holds(at):
            return "open"
        return "coming" if self.opens_at is not None and at < self.opens_at else "over"


RANKS = {"open": 0, "coming": 1, "over": 2}


def binding(window: Span | None, own: Span | None, at: datetime) -> Span | None:
    """The span that binds one person: the programme's, or the own where that one gives more time; None: no bounds.

    An own span never takes away what all others have.
    """
    if window is None or own is None:
        return window

    def worth(span: Span) -> tuple[int, float]:
        """The open one first, then the coming one; of two alike the one that lasts longer."""
        return RANKS[span.state(at)], -span.closes_at.timestamp() if span.closes_at else -inf

    return min((own, window), key=worth)


@dataclass(frozen=True, slots=True)
class Office:
    """An organization as a route freezes it."""

    organization_id: UUID
    name: str
    kind: str
    region: str
    municipal: bool
    programmes: tuple[str, ...] = ()
    is_disabled: bool = False

    def serves(self, programme: Programme) -> bool:
        """Whether it may hold a tier of the programme."""
        return not self.is_disabled and programme.programme in self.programmes

    def shown(self) -> dict[str, Any]:
        """The organization as the API shows it."""
        kept = asdict(self) | {"organization_id": str(self.organization_id)}
        return {name: kept[name] for name in ("organization_id", "name", "kind", "region", "municipal")}


@dataclass(frozen=True, slots=True)
class Step:
    """A tier of a route and the organization that holds it."""

    tier: Tier
    office: Office

    def frozen(self) -> dict[str, Any]:
        """The step as the snapshot keeps it."""
        return {
            "tier": self.tier.tier,
            "title": self.tier.title.both(),
            "organization": self.office.shown(),
            "classifies": self.tier.classifies,
            "working_days": self.tier.working_days,
        }


def check_open(standing: Standing, window: Span | None, at: datetime, today: date) -> None:
    """Refuse a filing that the window does not allow.

    It binds the first filing and one after a withdrawal, and a returned case once its own days are over; a version
    that takes another's place before the employer decided is not bound.
    """
    if window is None or window.holds(at) or standing.status == "in_review":
        return
    if standing.status == "returned" and standing.file_again_until and today <= standing.file_again_until:
        return
    raise Conflict(
        code="window_closed",
        sentence=_("当前不在申报时间内。"),
        members={
            "opens_at": window.opens_at.isoformat() if window.opens_at else None,
            "closes_at": window.closes_at.isoformat() if window.closes_at else None,
        },
    )


def can_file(standing: Standing, window: Span | None, at: datetime, today: date) -> bool:
    """Whether a filing would be taken now, were the draft complete."""
    if standing.is_locked:
        return False
    try:
        check_open(standing, window, at, today)
    except Conflict:
        return False
    return True


def next_round(standing: Standing) -> int:
    """The round of the next filing: the same while the employer has not decided, else one more."""
    return standing.round if standing.status == "in_review" else standing.round + 1


def unready(named: Iterable[NamedIn], states: Mapping[str, str]) -> list[Fault]:
    """The places whose scan is not ready; `states` holds every scan of the owner by its id."""
    sentences = {"received": SCAN_PROCESSING, "processing": SCAN_PROCESSING, "rejected": SCAN_REJECTED}
    codes = {"received": "scan_processing", "processing": "scan_processing", "rejected": "scan_rejected"}
    faults = []
    for place in named:
        state = states.get(place.scan_id, "gone")
        if state != "ready":
            faults.append(
                Fault(
                    code=codes.get(state, "scan_gone"),
                    message=sentences.get(state, SCAN_GONE),
                    field=place.field,
                    section=place.section,
                    entry=place.entry_id,
                )
            )
    return faults


def check_employer(programme: Programme, named: Office | None, employer: Office, asked: UUID | None) -> None:
    """Refuse a filing to another organization than the draft's employer, or to one of another programme."""
    if named is not None and programme.programme not in named.programmes:
        raise Invalid(code="organization_not_in_programme", sentence=_("所选单位不受理此申报项目。"))
    if asked is not None and asked != employer.organization_id:
        raise Invalid(code="employer_differs", sentence=_("所选单位与基本情况中的工作单位不一致。"))
    if programme.programme not in employer.programmes:
        raise Invalid(code="organization_not_in_programme", sentence=_("所选单位不受理此申报项目。"))


def route(programme: Programme, employer: Office, offices: Sequence[Office]) -> tuple[Step, ...]:
    """The tiers that a filing passes and who holds each; a tier that nobody holds is refused by its name."""
    return tuple(
        Step(tier, _holder(programme, tier, employer, offices))
        for tier in programme.route_for(municipal=employer.municipal)
    )


def _holder(programme: Programme, tier: Tier, employer: Office, offices: Sequence[Office]) -> Office:
    """The enabled organization of the tier's kind in its region; the employer holds its own tier."""
    if tier.seat is Seat.EMPLOYER:
        fitting = [employer] if employer.serves(programme) else []
    else:
        region = tier.region(employer.region)
        fitting = [o for o in offices if o.kind == tier.kind and o.region == region and o.serves(programme)]
    if not fitting:
        raise Invalid(
            code="tier_without_organization",
            sentence=_("“{tier}”目前没有受理机构，暂时无法提交，请联系管理员。"),
            members={"tier": tier.tier},
            tier=tier.title.both(),
        )
    return min(fitting, key=lambda office: office.organization_id)


def number(programme: Programme, year: int, serial: int) -> str:
    """The number by which people name a submission: `DZ-2026-000123`."""
    initials = "".join(word[0] for word in programme.programme.split("-") if word).upper()
    prefix = programme.membership.prefix if programme.membership else initials
    return f"{prefix}-{year:04}-{serial:06}"
