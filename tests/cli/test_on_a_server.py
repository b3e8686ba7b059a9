"""Commands in a container: settings that came as files count, and doctor looks at the data alone."""

import json
import runpy
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import migrations, secret_files
from cli.answers import settings
from cli.app import app
from cli.invariants import SERVICES


@pytest.fixture
def server(installed: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A server whose databases are told by files; gives the folder of files."""
    for name in SERVICES:
        (tmp_path / f"juxian_{name}_database_url").write_text(f"{installed(name)}\n")
        monkeypatch.delenv(f"JUXIAN_{name.upper()}_DATABASE_URL")
    monkeypatch.setenv("JUXIAN_INSTALLATION", "server")
    monkeypatch.setattr(secret_files, "FOLDER", tmp_path)
    return tmp_path


def test_settings_that_came_as_files_count_and_the_environment_wins(
    server: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUXIAN_AUTH_DATABASE_URL", "postgresql://elsewhere/auth")

    found = settings()

    assert found["JUXIAN_AUTH_DATABASE_URL"] == "postgresql://elsewhere/auth"
    assert found["JUXIAN_NOTIFY_DATABASE_URL"] == (server / "juxian_notify_database_url").read_text().strip()


@pytest.mark.usefixtures("server")
def test_a_database_is_upgraded_by_what_the_files_say() -> None:
    answer = CliRunner().invoke(app, ["db", "upgrade", "--json"])

    assert (answer.exit_code, answer.output.strip()) == (0, '{"upgraded": []}')


@pytest.mark.usefixtures("server", "auth_database", "profile_database", "review_database", "notify_database")
def test_doctor_looks_at_the_data_alone() -> None:
    answer = CliRunner().invoke(app, ["doctor", "--json"])

    assert [one["what"] for one in json.loads(answer.output)] == [
        "tiers without an organization",
        "laws of the kept data",
    ]
    assert json.loads(answer.output)[1]["well"] is True


def test_migrations_run_by_themselves_make_no_installation(
    installed: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SERVICES:
        monkeypatch.setenv(f"JUXIAN_{name.upper()}_DATABASE_URL", installed(name))
    monkeypatch.setenv("JUXIAN_DATA_DIR", str(tmp_path))

    runpy.run_path(migrations.__file__, run_name="__main__")

    assert list(tmp_path.iterdir()) == []


def test_a_look_leaves_the_ports_of_a_platform_with_servers_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AUTH_DATABASE", "PROFILE_DATABASE", "REVIEW_DATABASE", "NOTIFY_DATABASE", "REDIS"):
        monkeypatch.setenv(f"JUXIAN_{name}_URL", f"x://{name}")
    monkeypatch.setenv("JUXIAN_DATA_DIR", str(tmp_path))
    settings()
    memory = (tmp_path / "ports.json").read_text()
    with socket.socket() as at_work:
        at_work.bind(("127.0.0.1", json.loads(memory)["auth"]))
        at_work.listen()
        settings()

    assert (tmp_path / "ports.json").read_text() == memory
