"""The operator's command: kind words and an exit code where something is not there, and JSON for scripts."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from pydantic import BaseModel, ValidationError
from sqlalchemy.exc import OperationalError, ProgrammingError
from typer.testing import CliRunner, Result

from cli.answers import FAILED, NOTHING_RUNS, WRONG
from cli.app import app
from cli.kindness import explained
from cli.local import alone, logs
from cli.local.environment import Installation
from cli.local.places import CHECKOUT, Places
from shared.contracts.refusals import Missing

HOLDING = """
import pathlib, sys, time
from cli.local import alone
with alone.held(pathlib.Path(sys.argv[1])):
    print("up", flush=True)
    time.sleep(60)
"""
NOTHING = "Nothing runs here. Start it with `make run`.\n"


class Setting(BaseModel):
    """A setting with a number."""

    workers: int


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A data folder in which nothing runs."""
    for name in os.environ:
        if name.startswith("JUXIAN_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("JUXIAN_DATA_DIR", str(tmp_path / "data"))
    return Places.of()


@pytest.fixture
def runner(places: Places) -> Iterator[subprocess.Popen[str]]:
    """Something that holds the folder as a runner does, until it is told to stop."""
    places.make()
    (places.data / "ports.json").write_text("{}")
    order = [sys.executable, "-c", HOLDING, str(places.run)]
    held = subprocess.Popen(order, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
    assert held.stdout is not None
    assert held.stdout.readline() == "up\n"
    yield held
    held.kill()
    held.communicate()


def say(*words: str) -> Result:
    """Give a command."""
    return CliRunner().invoke(app, list(words))


@pytest.mark.parametrize(
    "words",
    [
        "status", "workers scale scans=2", "db check", "db upgrade", "outbox list", "dead-letters list", "down",
        "accounts reset-password somebody", "audit verify", "scans reprocess --failed", "mail test a@b.cn", "openapi",
        "export --tier city --format csv", "demo seed", "dead-letters replay review all",
    ],
)  # fmt: skip
def test_where_nothing_runs_each_command_says_so_in_one_sentence(places: Places, words: str) -> None:
    answer = say(*words.split())

    assert (answer.exit_code, answer.stdout, answer.stderr) == (NOTHING_RUNS, "", NOTHING)
    assert not places.data.exists()


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("up --only nobody", "gateway, auth"), ("logs nobody", "none"), ("db check nobody", "profile"),
        ("dead-letters replay nobody all", "auth"), ("reset --yes", "no data"),
    ],
)  # fmt: skip
def test_a_name_that_is_not_there_is_answered_with_those_that_are(places: Places, words: str, named: str) -> None:
    answer = say(*words.split())

    assert answer.exit_code == WRONG
    assert named in answer.stderr


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (OperationalError("", {}, Exception()), NOTHING_RUNS), (ProgrammingError("", {}, Exception()), FAILED),
        (psycopg.OperationalError("refused"), NOTHING_RUNS), (ConnectionRefusedError(), NOTHING_RUNS),
        (Missing(), FAILED), (KeyError("JUXIAN_AUTH_DATABASE_URL"), FAILED),
    ],
    ids=["sql", "schema", "postgres", "redis", "refusal", "setting"],
)  # fmt: skip
def test_troubles_are_said_in_one_sentence(trouble: Exception, code: int) -> None:
    words, found = explained(trouble) or ("", None)

    assert (found, words.count("\n"), bool(words)) == (code, 0, True)


def test_a_wrong_setting_is_named_without_its_value() -> None:
    with pytest.raises(ValidationError) as wrong:
        Setting.model_validate({"workers": "secret"})

    words, code = explained(wrong.value) or ("", None)

    assert (code, "workers" in words, "secret" in words) == (FAILED, True, False)


def test_a_bug_keeps_its_traceback() -> None:
    assert explained(ZeroDivisionError()) is None


def test_logs_are_shown_after_the_platform_stopped(places: Places) -> None:
    places.make()
    (places.logs / "profile.log").write_text("one\ntwo\nthree\n")
    (places.logs / "review.log").write_text("four\n")

    assert say("logs", "profile", "-n", "2").stdout == "two\nthree\n"
    assert say("logs", "-n", "1").stdout == "profile: three\nreview: four\n"
    assert json.loads(say("logs", "review", "--json").stdout) == {"review": ["four"]}


def test_a_log_is_followed_from_where_it_stands(places: Places) -> None:
    places.make()
    log = places.logs / "profile.log"
    log.write_text("old\n")
    new = logs.following([log], every=0)
    with log.open("a") as more:
        more.write("a line\nanother\n")
    seen = [next(new), next(new)]
    log.write_text("anew\n")

    assert [*seen, next(new)] == [("profile", "a line"), ("profile", "another"), ("profile", "anew")]


def test_down_stops_the_runner(places: Places, runner: subprocess.Popen[str]) -> None:
    refused = say("reset", "--yes")

    answer = say("down", "--json")

    assert (refused.exit_code, "juxian down" in refused.stderr) == (FAILED, True)
    assert (answer.exit_code, json.loads(answer.stdout), runner.wait()) == (0, {"stopped": runner.pid}, -15)
    assert alone.holder(places.run) is None


def test_reset_deletes_the_data_when_it_is_said(places: Places) -> None:
    Installation.here()
    (places.data / "files" / "scan").write_text("x")

    kept, there = say("reset"), places.data.exists()
    answer = say("reset", "--yes")

    assert (kept.exit_code, there, answer.exit_code, places.data.exists()) == (WRONG, True, 0, False)
