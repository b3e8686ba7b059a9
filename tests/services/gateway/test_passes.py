"""Identities: young ones serve reading again, whatever changes something gets its own."""

import pytest

from services.gateway.actions import passes
from services.gateway.actions.passes import Passes
from shared.contracts.identity import Caller
from shared.kit.identity import verify

WHO = Caller(actor="gateway", address="203.0.113.1")
OTHER = Caller(actor="gateway", address="203.0.113.2")


def test_reading_again_shows_the_same_pass() -> None:
    known = Passes()

    assert known.of(WHO, "profile", "GET") == known.of(WHO, "profile", "HEAD")
    assert verify(known.of(WHO, "profile", "GET"), "profile") == WHO


def test_every_change_shows_a_pass_of_its_own() -> None:
    known = Passes()

    assert known.of(WHO, "profile", "PUT") != known.of(WHO, "profile", "PUT")


def test_a_pass_is_for_one_caller_and_one_service() -> None:
    known = Passes()

    assert len({known.of(who, name, "GET") for who in (WHO, OTHER) for name in ("auth", "review")}) == 4


def test_an_old_pass_is_signed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Passes()
    first = known.of(WHO, "profile", "GET")

    monkeypatch.setattr(passes, "YOUNG", -1.0)

    assert known.of(WHO, "profile", "GET") != first


def test_only_so_many_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Passes()
    first = known.of(WHO, "profile", "GET")

    monkeypatch.setattr(passes, "MOST", 1)
    known.of(OTHER, "profile", "GET")

    assert known.of(WHO, "profile", "GET") != first
