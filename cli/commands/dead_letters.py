"""Events that could not be answered: `juxian dead-letters list` and `replay`."""

from typing import Annotated

import typer

from cli.answers import WRONG, Json, end_with_list, end_with_outcomes, fail, settings

app = typer.Typer(help="Events that could not be answered.", no_args_is_help=True)


@app.callback()
def dead_letters() -> None:
    """Events that could not be answered."""


@app.command("list")
def list_dead(*, as_json: Json = False) -> None:
    """Show what lies aside in every service, the oldest first, and why. Ends with 1 where there is anything."""
    from cli.dead_letters import listed

    columns = ("service", "id", "event", "deliveries", "reason", "dead_at")
    end_with_list(listed(settings()), *columns, as_json=as_json, empty="no dead letters")


@app.command()
def replay(
    service: Annotated[str, typer.Argument(help="Who could not answer: auth, profile, review or notify.")],
    ids: Annotated[list[str], typer.Argument(help="Ids of the list; `all` for everything of that service.")],
    *,
    as_json: Json = False,
) -> None:
    """Answer dead events again, after their cause was mended. Doing it twice is harmless."""
    from cli.dead_letters import SERVICES, replayed

    if service not in SERVICES:
        fail(f"{service}: expected one of {', '.join(SERVICES)}.", WRONG)
    end_with_outcomes(replayed(settings(), service, ids), as_json=as_json, empty="nothing lies aside")
