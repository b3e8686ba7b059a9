"""What an operator reads when something is not there: one sentence, and an exit code; a traceback for bugs alone."""

import sys

import typer

from cli.answers import AWAY, FAILED, NOTHING_RUNS


def main() -> None:
    """Run the command, and say kindly what can be said."""
    from cli.app import app

    try:
        app(prog_name="juxian")
    except Exception as trouble:
        known = explained(trouble)
        if known is None:
            raise
        words, code = known
        typer.echo(words, err=True)
        sys.exit(code)


def explained(trouble: BaseException) -> tuple[str, int] | None:
    """The sentence and the exit code for a trouble that is no bug of ours; None for one that may be."""
    from pydantic import ValidationError
    from redis.exceptions import RedisError
    from sqlalchemy.exc import DBAPIError, ProgrammingError

    from shared.contracts.refusals import Refusal
    from shared.kit.texts import translate

    if isinstance(trouble, ProgrammingError):
        return "A database is behind the code; bring it up with `juxian db upgrade`.", FAILED
    if isinstance(trouble, DBAPIError | RedisError | ConnectionError | TimeoutError) or _is_of_postgres(trouble):
        return AWAY, NOTHING_RUNS
    if isinstance(trouble, Refusal):
        return translate(trouble.sentence, "en", **trouble.values), FAILED
    if isinstance(trouble, ValidationError):
        first = trouble.errors(include_input=False, include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        return f"A setting is wrong: {name}: {first['msg']}; .env.example describes each.", FAILED
    if isinstance(trouble, KeyError) and str(trouble.args[0]).startswith("JUXIAN_"):
        return f"{trouble.args[0]} is not set; .env.example describes it.", FAILED
    return None


def _is_of_postgres(trouble: BaseException) -> bool:
    """Whether psycopg itself says it, as migrations do."""
    from psycopg import OperationalError

    return isinstance(trouble, OperationalError)
