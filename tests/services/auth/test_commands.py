"""What an operator types."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from typer.testing import CliRunner

from services.auth.actions.demo import keep_demo_employer
from services.auth.commands import app
from services.auth.settings import settings
from shared.kit.database import Database
from tests.services.auth.lists import as_xlsx, id_number, person
from tests.services.auth.world import HEBEI, PASSWORD


def ran(installed: Callable[[str], str], *arguments: str, typed: str = PASSWORD) -> tuple[int, str]:
    """Run a command on the test's database, the password from standard input; its exit code and what it said."""
    installed("auth")
    settings.cache_clear()
    words = ("--password-stdin",) if arguments[0] == "create-admin" else ()
    result = CliRunner().invoke(app, [*arguments, *words], input=f"{typed}\n")
    return result.exit_code, result.output


def test_the_first_administrator_is_made_and_gets_another_password(installed: Callable[[str], str]) -> None:
    name = f"chen-{uuid4()}"
    given = ("--username", name, "--name", "陈静", "--email", "chen@demo.juxian.test")

    made = ran(installed, "create-admin", *given)
    again = ran(installed, "create-admin", *given)
    with psycopg.connect(installed("auth")) as connection:
        sql = """INSERT INTO passkey (id, account_id, credential_id, public_key, sign_count, name, synced)
                 SELECT id, id, 'x', 'x', 0, 'x', false FROM account WHERE username = %s"""
        connection.execute(sql, [name])
        held = "SELECT count(*) FROM passkey JOIN account ON account.id = account_id WHERE username = %s"
        connection.commit()
        ran(installed, "reset-password", name)
        assert connection.execute(held, [name]).fetchone() == (1,)
        connection.commit()
        renewed = ran(installed, "reset-password", name, "--passkeys")
        assert connection.execute(held, [name]).fetchone() == (0,)

    assert made == (0, f"{name} can log in as administrator.\n")
    assert again == (1, f"The username “{name}” is taken; choose another.\n")
    assert (renewed[0], renewed[1].startswith(f"{name}: ")) == (0, True)
    with psycopg.connect(installed("auth")) as connection:
        row = connection.execute("SELECT roles, must_change_password FROM account WHERE username = %s", [name])
        assert row.fetchone() == (["administrator"], True)


def test_what_is_wrong_is_said_in_words(installed: Callable[[str], str]) -> None:
    given = ("--username", "a b", "--name", "陈静", "--email", "x")

    code, said = ran(installed, "create-admin", *given, typed="short")

    assert code == 1
    assert [line.split()[0] for line in said.splitlines()] == ["A", "This", "The"]


def test_a_role_that_is_none_is_refused(installed: Callable[[str], str]) -> None:
    given = ("--username", "x", "--name", "x", "--email", "x", "--role", "applicant")

    assert ran(installed, "create-admin", *given)[0] == 2


def test_a_password_is_no_word_of_a_command(installed: Callable[[str], str]) -> None:
    given = ("--username", "x", "--name", "x", "--email", "x@demo.juxian.test", "--password", PASSWORD)

    assert ran(installed, "create-admin", *given)[0] == 2


def test_a_password_is_asked_for_or_read_from_the_environment(
    installed: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    installed("auth")
    settings.cache_clear()
    words = ["create-admin", "--name", "陈静", "--email", "chen@demo.juxian.test", "--username"]
    asked = CliRunner().invoke(app, [*words, f"asked-{uuid4()}"], input=f"{PASSWORD}\n{PASSWORD}\n")
    monkeypatch.setenv("JUXIAN_ADMIN_PASSWORD", PASSWORD)
    read = CliRunner().invoke(app, [*words, f"read-{uuid4()}"])

    assert (asked.exit_code, read.exit_code) == (0, 0)
    assert PASSWORD not in asked.output


def test_a_list_is_judged_and_imported_by_command(installed: Callable[[str], str], tmp_path: Path) -> None:
    installed("auth")
    settings.cache_clear()
    one, employer = uuid4().int % 999, f"河北示范设计院{uuid4()}"
    database = Database(settings().database_url)
    asyncio.run(_employer(database, employer))
    born = f"19{60 + one % 40}0312"
    rows = [person(one, id_number=id_number(one, born), employer=employer), person(2, name="", employer=employer)]
    file = tmp_path / "people.xlsx"
    file.write_bytes(as_xlsx(*rows))

    judged = ran(installed, "import", str(file), "--dry-run")
    told = json.loads(ran(installed, "import", str(file), "--json")[1])
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"%PDF")
    refused = ran(installed, "import", str(broken))

    trouble = "row 3: rejected name name_missing: Give the name.\n"
    assert judged == (1, f"{trouble}judged: 1 ready, 1 rejected\n")
    assert (refused[0], refused[1][:26]) == (1, "This file cannot be read; ")
    with psycopg.connect(installed("auth")) as connection:
        states = connection.execute("SELECT state, id FROM people_import WHERE file_name = 'people.xlsx'").fetchall()
        jobs = connection.execute("SELECT count(*) FROM import_chunk WHERE import_id = %s", [states[0][1]]).fetchone()
    assert [(state, str(import_id)) for state, import_id in states] == [("running", told["import_id"])]
    assert jobs == (1,)


async def _employer(database: Database, name: str) -> None:
    """An employer of the Hebei programme."""
    await database.act(keep_demo_employer, name, "130100", (HEBEI,), municipal=False)
    await database.close()
