"""The statistics of the review, as those see them who may."""

import time
from collections.abc import Awaitable, Callable, Mapping

from sqlmodel import col

from services.review.models import Turn
from services.review.queries import figures
from services.review.queries.figures import Scope, Wanted
from services.review.queries.tallies import Counted, Key
from services.review.schemas import By, Figures, GroupFigures, Reason, Statistics, TierFigures, Title
from shared.contracts.identity import Caller
from shared.kit.database import Session
from shared.programmes.catalogue import PROGRAMMES
from shared.programmes.facts import divisions
from shared.programmes.shape import Words

DAY = 86_400
SLOW, FRESH, MOST_KEPT = 0.3, 60.0, 100
"""Seconds of counting from which an answer is kept, and for how many seconds; so many answers at most."""
KEPT: dict[object, tuple[float, Statistics]] = {}
Groups = tuple[Mapping[Key, int], Mapping[Key, Counted]]


async def statistics(session: Session, caller: Caller, wanted: Wanted, by: By | None = None) -> Statistics:
    """The figures of the organizations that the caller may see, broken down as asked, and the reasons of returns.

    Decisions count by the day in China on which they were made. What waits is counted as it is now. Reviewers see
    their own organization, and the offices of a county or city their region; administrators see all. An answer that
    took long to count is given again for a minute.
    """
    scope = await figures.scope_of(session, caller)
    question = (str(session.get_bind().engine.url), scope, wanted, by)
    kept = KEPT.get(question)
    if kept is not None and kept[0] > time.monotonic():
        return kept[1]
    began = time.monotonic()
    answer = await _counted(session, scope, wanted, by)
    if time.monotonic() - began > SLOW:
        KEPT[question] = (time.monotonic() + FRESH, answer)
        if len(KEPT) > MOST_KEPT:
            KEPT.pop(next(iter(KEPT)))
    return answer


async def _counted(session: Session, scope: Scope, wanted: Wanted, by: By | None) -> Statistics:
    """Count anew."""
    await session.execute(figures.ROOM)
    return Statistics(
        items=await _tiers(session, scope, wanted),
        by=by,
        groups=await _groups(session, scope, wanted, by) if by else [],
        reasons=[_reason(*row) for row in await figures.remarks(session, scope, wanted)],
    )


async def _tiers(session: Session, scope: Scope, wanted: Wanted) -> list[TierFigures]:
    """Each tier at each organization."""
    turn = (col(Turn.programme), col(Turn.tier), col(Turn.organization_id))
    waits = await figures.waiting(session, scope, wanted, turn)
    since = await figures.oldest(session, scope, wanted, turn)
    done = await figures.decided(session, scope, wanted, ("programme", "tier", "organization_id"))
    keys = sorted(waits.keys() | done.keys(), key=str)
    names = await figures.names(session, {key[2] for key in keys})
    return [
        TierFigures(
            programme=key[0],
            tier=key[1],
            organization_id=key[2],
            organization=names.get(key[2], ""),
            waits_since=since.get(key),
            **_figures(waits.get(key, 0), done.get(key, Counted())).model_dump(),
        )
        for key in keys
    ]


async def _groups(session: Session, scope: Scope, wanted: Wanted, by: By) -> list[GroupFigures]:
    """The figures by one thing."""
    waits, done = await GROUPS[by](session, scope, wanted)
    keys = [key for key in sorted(waits.keys() | done.keys(), key=str) if key[0] is not None]
    titles = await _titles(session, by, keys)
    return [
        GroupFigures(
            key=str(key[0]),
            title=titles.get(str(key[0])),
            **_figures(waits.get(key, 0), done.get(key, Counted())).model_dump(),
        )
        for key in keys
    ]


async def _by_tier(session: Session, scope: Scope, wanted: Wanted) -> Groups:
    waits = await figures.waiting(session, scope, wanted, (col(Turn.tier),))
    return waits, await figures.decided(session, scope, wanted, ("tier",))


async def _by_organization(session: Session, scope: Scope, wanted: Wanted) -> Groups:
    waits = await figures.waiting(session, scope, wanted, (col(Turn.organization_id),))
    return waits, await figures.decided(session, scope, wanted, ("organization_id",))


async def _by_county(session: Session, scope: Scope, wanted: Wanted) -> Groups:
    """By the region of the employer. What waits is counted by employer and gathered here."""
    by_employer = await figures.waiting(session, scope, wanted, (col(Turn.employer_id),))
    regions = await figures.regions(session, {key[0] for key in by_employer})
    waits: dict[Key, int] = {}
    for (employer_id,), count in by_employer.items():
        key = (regions.get(employer_id, ""),)
        waits[key] = waits.get(key, 0) + count
    return waits, await figures.decided(session, scope, wanted, ("region",))


async def _by_category(session: Session, scope: Scope, wanted: Wanted) -> Groups:
    return {}, await figures.decided(session, scope, wanted, ("category",))


async def _by_month(session: Session, scope: Scope, wanted: Wanted) -> Groups:
    return {}, await figures.decided(session, scope, wanted, ("month",))


GROUPS: Mapping[By, Callable[[Session, Scope, Wanted], Awaitable[Groups]]] = {
    "tier": _by_tier,
    "organization": _by_organization,
    "county": _by_county,
    "category": _by_category,
    "month": _by_month,
}


async def _titles(session: Session, by: By, keys: list[Key]) -> Mapping[str, Title]:
    """What the groups are called in both languages."""
    if by == "organization":
        names = await figures.names(session, {key[0] for key in keys})
        return {str(key): Title(zh=name, en=name) for key, name in names.items()}
    words: dict[str, Words] = {}
    for programme in PROGRAMMES.values():
        if by == "tier":
            words |= {tier.tier: tier.title for tier in programme.tiers}
        elif by == "category":
            words |= {category.category: category.title for category in programme.categories}
    if by == "county":
        words = {one.value: one.title for one in divisions.divisions()}
    return {key: _both(title) for key, title in words.items()}


def _figures(waits: int, done: Counted) -> Figures:
    return Figures(
        waiting=waits,
        **done._asdict(),
        median_days=_days(done.median_seconds),
        p90_days=_days(done.p90_seconds),
    )


def _days(seconds: float | None) -> float | None:
    return None if seconds is None else round(float(seconds) / DAY, 1)


def _reason(programme: str, section: str | None, remarks: int, cases: int) -> Reason:
    """A reason of returns, with the section's title where the programme still has that section."""
    known = {one.section: one.title for one in PROGRAMMES[programme].sections} if programme in PROGRAMMES else {}
    title = known.get(section) if section else None
    return Reason(
        programme=programme, section=section, title=_both(title) if title else None, remarks=remarks, cases=cases
    )


def _both(title: Words) -> Title:
    return Title.model_validate(title.both())
