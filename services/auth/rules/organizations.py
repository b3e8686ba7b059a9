"""Organizations: their kinds, their codes, and which offices every installation has."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID, uuid5

from stdnum.cn import uscc

from shared.contracts.refusals import Fault
from shared.contracts.texts import _
from shared.programmes.shape import Programme, Seat

OFFICES = UUID("8d6f6a52-6f0a-5c1c-9a53-6b1f5d0f3714")
"""The namespace of the ids of reference organizations (RFC 9562, version 5)."""

KIND = _("单位类型不在可选范围内，请重新选择。")
REGION = _("行政区划代码应为 6 位数字。")
CREDIT_CODE = _("统一社会信用代码无效，请逐位核对。")
PROGRAMMES = _("没有这个申报项目，请重新选择。")
MUNICIPAL = _("只有用人单位可以标为市属单位。")


class Office(NamedTuple):
    """One reference organization: who holds a tier where, and for which programmes."""

    organization_id: UUID
    kind: str
    name: str
    region: str
    programmes: tuple[str, ...]


class Said(NamedTuple):
    """What is said of an organization."""

    kind: str
    region: str
    municipal: bool
    credit_code: str | None
    programmes: tuple[str, ...]


def kinds(programmes: Mapping[str, Programme]) -> frozenset[str]:
    """Every kind of organization that some programme's tier is held by."""
    return frozenset(tier.kind for programme in programmes.values() for tier in programme.tiers)


def employer_kinds(programmes: Mapping[str, Programme]) -> frozenset[str]:
    """The kinds that people work at: those of tiers that sit at the employer."""
    tiers = (tier for programme in programmes.values() for tier in programme.tiers)
    return frozenset(tier.kind for tier in tiers if tier.seat is Seat.EMPLOYER)


def faults(said: Said, programmes: Mapping[str, Programme]) -> list[Fault]:
    """Everything that is wrong with what is said of an organization."""
    found = []
    if said.kind not in kinds(programmes):
        found.append(Fault("not_a_choice", KIND, field="kind"))
    if not re.fullmatch(r"[1-9][0-9]{5}", said.region):
        found.append(Fault("not_a_region", REGION, field="region"))
    if said.municipal and said.kind not in employer_kinds(programmes):
        found.append(Fault("municipal_office", MUNICIPAL, field="municipal"))
    if said.credit_code is not None and not uscc.is_valid(said.credit_code):
        found.append(Fault("not_a_credit_code", CREDIT_CODE, field="credit_code"))
    if set(said.programmes) - set(programmes):
        found.append(Fault("not_a_choice", PROGRAMMES, field="programmes"))
    return found


def offices(programmes: Iterable[Programme]) -> list[Office]:
    """The reference organizations of all programmes, each once, with the programmes whose tiers they hold.

    An office's id follows from its kind and region, so that every installation has the same ones.
    """
    declared = list(programmes)
    found: dict[tuple[str, str], str] = {}
    for programme in declared:
        for office in programme.offices:
            found.setdefault((office.kind, office.region), office.name)
    return [
        Office(uuid5(OFFICES, f"{kind}/{region}"), kind, name, region, _served(kind, region, declared))
        for (kind, region), name in found.items()
    ]


def _served(kind: str, region: str, programmes: Iterable[Programme]) -> tuple[str, ...]:
    """The programmes that declare an office of that kind there."""
    served = {
        one.programme for one in programmes for office in one.offices if (office.kind, office.region) == (kind, region)
    }
    return tuple(sorted(served))
