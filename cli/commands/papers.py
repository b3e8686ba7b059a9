"""What leaves by an operator's hand: `juxian export`, `openapi`, `secrets`, and the demo world of `demo seed`."""

import asyncio
import json
import os
from pathlib import Path
from typing import Annotated, Literal

import typer

from cli.answers import FAILED, NOTHING_RUNS, WRONG, Json, fail, keep, running, say, settings

demo = typer.Typer(help="The demo world.", no_args_is_help=True)
Output = Annotated[Path | None, typer.Option("--output", "-o", dir_okay=False, help="A file; else standard output.")]


def export(
    tier: Annotated[str, typer.Option(help="A tier (county_hr_bureau), or the beginning of several (city).")],
    form: Annotated[Literal["xlsx", "csv", "json"], typer.Option("--format", help="Of the file.")] = "xlsx",
    programme: Annotated[str | None, typer.Option(help="Of this programme alone.")] = None,
    output: Output = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """Write a spreadsheet of the cases that wait at a tier, or that it had last; noted in the audit trail."""
    os.environ.update(settings())
    from services.review.commands import exported
    from shared.contracts.refusals import Invalid
    from shared.kit.texts import translate

    form = "json" if as_json else form
    if form == "xlsx" and output is None and typer.get_text_stream("stdout").isatty():
        fail("A spreadsheet is no text: name a file with --output.", WRONG)
    try:
        content = asyncio.run(exported(tier, form, programme))
    except Invalid as unknown:
        fault = unknown.faults[0]
        fail(f"{fault.field}: {translate(fault.message, 'en', **dict(fault.values))}", WRONG)
    keep(content, output)


def openapi(output: Output = None, *, as_json: Json = True) -> None:  # noqa: ARG001 - it is JSON in any case
    """Write the public OpenAPI document, as the running platform has it; always JSON."""
    from urllib.request import Request, urlopen

    here = running()
    url = f"http://{here.host}:{here.port}/api/v1/openapi.json"
    asked = Request(url, headers={"Host": f"localhost:{here.port}"})
    try:
        with urlopen(asked, timeout=30) as answer:  # noqa: S310 - likewise
            document = json.loads(answer.read())
    except (OSError, ValueError):
        fail("The gateway does not answer; `juxian status` tells what is not ready.", NOTHING_RUNS)
    keep(json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n", output)


def secrets(
    folder: Annotated[Path, typer.Argument(help="Where the files go, one a secret.")],
    owner: Annotated[int, typer.Option(help="The user id who may read them; 0: whoever runs this.")] = 0,
    *,
    as_json: Json = False,
) -> None:
    """Make the secrets of a new installation for compose; those that are there stay as they are."""
    from cli.secret_files import write

    made = write(folder, owner)
    if as_json:
        say({"made": made})
    else:
        typer.echo(f"made {len(made)} secrets in {folder}" if made else f"nothing to make in {folder}")


@demo.callback()
def world() -> None:
    """The demo world."""


@demo.command()
def seed(*, as_json: Json = False) -> None:
    """Make what is missing of the demo world while the platform runs; a local installation alone has one."""
    here = running()
    if not here.wants_demo:
        fail("This installation was started without a demo world; start it with --demo.", FAILED)
    os.environ.update(here.all())
    from cli.demo.world import seed as make

    made = make()
    if as_json:
        say({"made": made})
    else:
        typer.echo("the demo world is whole" if made else "the demo world was whole already")
