"""Every event has a hearer, every hearer an event, and nothing personal travels."""

import re
from importlib import import_module

import pytest

from shared.contracts.events import EVENTS
from tests.house.sources import ROOT, calls_of, modules, said

HEARERS = ("auth", "profile", "review", "notify")
FORBIDDEN = {
    "id_number",
    "born_on",
    "birth_date",
    "password",
    "family_members",
    "snapshot",
    "sections",
    "mobile",
    "address",
}


def heard() -> dict[str, set[str]]:
    """Which services hear which events."""
    by_event: dict[str, set[str]] = {}
    for name in HEARERS:
        for kind in import_module(f"services.{name}.events").HEARS:
            by_event.setdefault(kind.__name__, set()).add(name)
    return by_event


def test_every_event_has_a_hearer() -> None:
    assert sorted(set(EVENTS) - set(heard())) == []


def test_nobody_hears_an_event_that_does_not_exist() -> None:
    assert sorted(set(heard()) - set(EVENTS)) == []


def test_no_service_hears_itself() -> None:
    own = {name: {kind for kind in EVENTS if EVENTS[kind].tellers == (name,)} for name in HEARERS}

    assert [(name, kind) for kind, names in heard().items() for name in names if kind in own[name]] == []


def test_every_event_is_told_by_its_teller_alone() -> None:
    tellers: dict[str, set[str]] = {}
    names = re.compile(r"\b(" + "|".join(EVENTS) + r")\(")
    for path in modules("services"):
        if "actions" in path.parts:
            for kind in names.findall(path.read_text(encoding="utf-8")):
                tellers.setdefault(kind, set()).add(path.relative_to(ROOT).parts[1])

    assert {kind: {EVENTS[kind].teller} for kind in EVENTS if len(EVENTS[kind].tellers) == 1} == tellers


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_nothing_personal_travels_in_an_event(name: str) -> None:
    assert set(EVENTS[name].model_fields) & FORBIDDEN == set()


def test_only_actions_tell_events() -> None:
    elsewhere = [said(path) for path, _ in calls_of("tell", "services") if "actions" not in path.as_posix()]

    assert elsewhere == []
