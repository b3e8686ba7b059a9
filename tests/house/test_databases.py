"""The databases are what the models say, and the migrations lead there."""

from collections.abc import Callable

import pytest

from cli import migrations


@pytest.mark.parametrize("service", migrations.SERVICES)
def test_the_newest_revision_makes_just_what_the_models_declare(service: str, installed: Callable[[str], str]) -> None:
    installed(service)

    assert migrations._difference(service) == ""


@pytest.mark.parametrize("service", migrations.SERVICES)
def test_a_service_has_one_newest_revision(service: str) -> None:
    assert migrations.newest_revision(service) is not None
