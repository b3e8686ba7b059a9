"""`juxian`, the operator's command: what concerns the whole platform, and the services' own commands."""

import json
import os
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from cli.local.environment import Installation

app = typer.Typer(
    help="Juxian: talent declarations and their review, tier by tier.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
db = typer.Typer(help="The databases of the services.", no_args_is_help=True)
workers = typer.Typer(help="Workers of the running platform.", no_args_is_help=True)
app.add_typer(db, name="db")
dead_letters = typer.Typer(help="Events that could not be answered.", no_args_is_help=True)
dossier = typer.Typer(help="Dossiers that prove themselves.", no_args_is_help=True)
app.add_typer(workers, name="workers")
app.add_typer(dossier, name="dossier")
app.add_typer(dead_letters, name="dead-letters")

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, for scripts.")]
FAILED, NOTHING_RUNS = 1, 3


@app.command()
def up(tied: Annotated[bool, typer.Option("--tied", hidden=True)] = False) -> None:
    """Start the whole platform on this machine, in the foreground; Ctrl-C stops it.

    --tied: end when the parent process ends (for `make run`).
    """
    from cli.local.foreground import start

    raise typer.Exit(start(tied=tied))


@app.command()
def status(as_json: Json = False) -> None:
    """Show the processes of the running platform, and what is not ready."""
    from cli.local import knock, parts, tables, welcome

    installation = _installation()
    try:
        running, meant = knock.processes(installation.places), knock.programs(installation.places)
    except knock.NobodyHomeError:
        _fail("Nothing runs here. Start it with `make run`.", NOTHING_RUNS)
    readiness = parts.ask(installation.host, installation.port)
    if as_json:
        told = tables.as_told(running, meant, readiness)
        typer.echo(json.dumps({**told, "addresses": welcome.addresses(installation)}, ensure_ascii=False))
    else:
        tables.show(running, meant, readiness)
    raise typer.Exit(0 if readiness.ready else FAILED)


@workers.command()
def scale(
    settings: Annotated[list[str], typer.Argument(metavar="NAME=N", help="for example worker-scans=4")],
) -> None:
    """Set how many processes a worker has, while the platform runs."""
    from cli.local import knock

    installation = _installation()
    try:
        known = [name for name in knock.programs(installation.places) if name.startswith("worker-")]
        for name, count in _counts(settings, known).items():
            knock.scale(installation.places, name, count)
            typer.echo(f"{name}: {count}    (with compose: docker compose up -d --scale {name}={count})")
    except knock.NobodyHomeError as silence:
        _fail(f"Nothing runs here. {silence}".strip(), NOTHING_RUNS)


@app.command()
def doctor(as_json: Json = False) -> None:
    """Look at what a local installation needs, and say what to do."""
    from cli.local.doctor import examine

    findings = list(examine(_installation()))
    if as_json:
        typer.echo(
            json.dumps([{"what": f.what, "well": f.well, "words": f.words} for f in findings], ensure_ascii=False)
        )
    else:
        for finding in findings:
            mark = typer.style("ok ", fg="green") if finding.well else typer.style("do ", fg="red")
            typer.echo(f"{mark} {finding.what}: {finding.words}")
    raise typer.Exit(0 if all(finding.well for finding in findings) else FAILED)


@app.command()
def secrets(
    folder: Annotated[Path, typer.Argument(help="Where the files go, one a secret.")],
    owner: Annotated[int, typer.Option(help="The user id who may read them; 0: whoever runs this.")] = 0,
) -> None:
    """Make the secrets of a new installation for compose; those that are there stay as they are."""
    from cli.secret_files import write

    made = write(folder, owner)
    typer.echo(f"made {len(made)} secrets in {folder}" if made else f"nothing to make in {folder}")


@db.command()
def upgrade() -> None:
    """Bring every service's database to its newest revision."""
    from cli import migrations

    upgraded = migrations.upgrade_all(_settings())
    typer.echo(f"upgraded: {', '.join(upgraded)}" if upgraded else "all at the newest revision")


@db.command()
def check(as_json: Json = False) -> None:
    """Say whether every database is at its newest revision and like its models."""
    from cli import migrations

    wrong = migrations.check_all(_settings())
    if as_json:
        typer.echo(json.dumps(wrong, ensure_ascii=False))
    else:
        _lines(f"{service}: {words}" for service, words in wrong.items())
    raise typer.Exit(FAILED if wrong else 0)


@dead_letters.command("list")
def list_dead(as_json: Json = False) -> None:
    """Show what lies aside in every service, the oldest first, and why."""
    from cli.dead_letters import listed

    found = listed(_settings())
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        _lines("  ".join(str(value) for value in one.values()) for one in found)
    raise typer.Exit(FAILED if found else 0)


@dead_letters.command()
def replay(
    service: Annotated[str, typer.Argument(help="Who could not answer: auth, profile, review or notify.")],
    ids: Annotated[list[str], typer.Argument(help="Ids of the list; `all` for everything of that service.")],
) -> None:
    """Answer dead events again, after their cause was mended. Doing it twice is harmless."""
    from cli.dead_letters import replayed

    outcomes = replayed(_settings(), service, ids)
    _lines(f"{row_id}: {outcome}" for row_id, outcome in outcomes.items())
    raise typer.Exit(FAILED if any(outcome.startswith("failed") for outcome in outcomes.values()) else 0)


@dossier.command()
def verify(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The PDF.")],
    key: Annotated[str | None, typer.Option(help="The platform's public key (base64): /api/v1/verify/keys.")] = None,
    as_json: Json = False,
) -> None:
    """Verify a dossier offline: that nothing in it was changed, and with --key that this platform signed it."""
    from cli.dossier import verify as judge

    verdict = judge(file.read_bytes(), key)
    about = {name: verdict.manifest.get(name) for name in ("number", "version", "status", "drawn_at", "public_key")}
    if as_json:
        typer.echo(json.dumps({"verdict": verdict.code, **about}, ensure_ascii=False))
    else:
        _lines([verdict.code, *(f"{name}: {value}" for name, value in about.items() if value is not None)])
    raise typer.Exit(0 if verdict.is_genuine else FAILED)


_PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


@app.command(context_settings=_PASSED_ON, add_help_option=False)
def accounts(context: typer.Context) -> None:
    """Accounts: the first administrator (create-admin) and what else auth offers an operator."""
    _gathered("services.auth.commands", context)


@app.command(context_settings=_PASSED_ON, add_help_option=False)
def audit(context: typer.Context) -> None:
    """Audit: whether every case's history and the audit trail are as they were written (verify)."""
    os.environ.update(_settings())
    from cli.audit import run

    raise typer.Exit(run(context.args, context.command_path))


@app.command(context_settings=_PASSED_ON, add_help_option=False)
def mail(context: typer.Context) -> None:
    """Mail: whether the mail server takes letters (test)."""
    _gathered("services.notify.commands", context)


@app.command(context_settings=_PASSED_ON, add_help_option=False)
def scans(context: typer.Context) -> None:
    """Scans: how their steps went (show), and running them again from a step (reprocess)."""
    _gathered("services.profile.commands", context)


@app.command(context_settings=_PASSED_ON, add_help_option=False)
def outbox(context: typer.Context) -> None:
    """Outbox: events on their way to those who hear them (list), and telling one again (replay)."""
    _gathered("cli.outbox", context)


def _gathered(module: str, context: typer.Context) -> None:
    """Hands the words to a service's own commands; imported only now, with the settings in place."""
    os.environ.update(_settings())
    commands: typer.Typer = import_module(module).app
    commands(args=context.args, prog_name=context.command_path)


def _installation() -> "Installation":
    from cli.local.environment import Installation

    return Installation.here(running=True)


def _settings() -> Mapping[str, str]:
    """The settings of all services: on a server the environment's, else those of the local installation."""
    if os.environ.get("JUXIAN_INSTALLATION") == "server":
        return dict(os.environ)
    return _installation().all()


def _counts(settings: Iterable[str], known: list[str]) -> dict[str, int]:
    counts = {}
    for setting in settings:
        name, _, count = setting.partition("=")
        name = name if name.startswith("worker-") else f"worker-{name}"
        if name not in known or not count.isdecimal():
            _fail(f"{setting}: expected NAME=N, where NAME is one of {', '.join(known)}", FAILED)
        counts[name] = int(count)
    return counts


def _lines(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


def _fail(words: str, code: int) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(code)
