"""What an operator types."""

from collections.abc import Callable
from uuid import uuid4

import psycopg
from typer.testing import CliRunner

from services.auth.commands import app
from services.auth.settings import settings
from tests.services.auth.world import PASSWORD


def ran(installed: Callable[[str], str], *arguments: str) -> tuple[int, str]:
    """Run a command on the test's database; its exit code and what it said."""
    installed("auth")
    settings.cache_clear()
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.output


def test_the_first_administrator_is_made_and_gets_another_password(installed: Callable[[str], str]) -> None:
    name = f"chen-{uuid4()}"
    given = ("--username", name, "--name", "陈静", "--email", "chen@demo.juxian.test", "--password", PASSWORD)

    made = ran(installed, "create-admin", *given)
    again = ran(installed, "create-admin", *given)
    renewed = ran(installed, "reset-password", name)

    assert made == (0, f"{name} can log in as administrator.\n")
    assert again == (1, f"The username “{name}” is taken; choose another.\n")
    assert (renewed[0], renewed[1].startswith(f"{name}: ")) == (0, True)
    with psycopg.connect(installed("auth")) as connection:
        row = connection.execute("SELECT roles, must_change_password FROM account WHERE username = %s", [name])
        assert row.fetchone() == (["administrator"], True)


def test_what_is_wrong_is_said_in_words(installed: Callable[[str], str]) -> None:
    given = ("--username", "a b", "--name", "陈静", "--email", "x", "--password", "short")

    code, said = ran(installed, "create-admin", *given)

    assert code == 1
    assert [line.split()[0] for line in said.splitlines()] == ["A", "This", "The"]


def test_a_role_that_is_none_is_refused(installed: Callable[[str], str]) -> None:
    given = ("--username", "x", "--name", "x", "--email", "x", "--password", PASSWORD, "--role", "applicant")

    assert ran(installed, "create-admin", *given)[0] == 1
