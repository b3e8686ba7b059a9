"""Dossiers that prove themselves: `juxian dossier verify`."""

from pathlib import Path
from typing import Annotated

import typer

from cli.answers import FAILED, Json, say

app = typer.Typer(help="Dossiers that prove themselves.", no_args_is_help=True)


@app.callback()
def dossier() -> None:
    """Dossiers that prove themselves."""


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The PDF.")],
    key: Annotated[str | None, typer.Option(help="The platform's public key (base64): /api/v1/verify/keys.")] = None,
    *,
    as_json: Json = False,
) -> None:
    """Verify a dossier offline: that nothing in it was changed, and with --key that this platform signed it."""
    from cli.dossier import verify as judge

    verdict = judge(file.read_bytes(), key)
    about = {name: verdict.manifest.get(name) for name in ("number", "version", "status", "drawn_at", "public_key")}
    if as_json:
        say({"verdict": verdict.code, **about})
    else:
        typer.echo(verdict.code)
        for name, value in about.items():
            if value is not None:
                typer.echo(f"{name}: {value}")
    raise typer.Exit(0 if verdict.is_genuine else FAILED)
