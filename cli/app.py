"""`juxian`, the operator's command: what concerns the whole platform, and the services' own commands."""

import os
from collections.abc import Callable
from importlib import import_module

import typer

from cli.answers import settings
from cli.commands import db, dead_letters, doctor, dossier, papers, platform, workers

app = typer.Typer(
    help="Juxian: talent declarations and their review, tier by tier.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
PLAIN: tuple[Callable[..., None], ...] = (
    platform.up, platform.status, platform.logs, platform.down, platform.reset, doctor.doctor,
    papers.export, papers.openapi, papers.secrets,
)  # fmt: skip
for command in PLAIN:
    app.command()(command)
for name, group in {
    "workers": workers.app,
    "db": db.app,
    "dead-letters": dead_letters.app,
    "dossier": dossier.app,
    "demo": papers.demo,
}.items():
    app.add_typer(group, name=name)

OF_SERVICES = {
    "accounts": "services.auth.commands",
    "mail": "services.notify.commands",
    "scans": "services.profile.commands",
    "audit": "services.review.commands",
    "outbox": "cli.outbox",
}
"""Groups whose module is imported only with the settings in place."""
_PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


@app.command(context_settings=_PASSED_ON, add_help_option=False)
def accounts(context: typer.Context) -> None:
    """Accounts: the first administrator (create-admin), lists of people (import), a password renewed."""
    _gathered(context)


@app.command(context_settings=_PASSED_ON, add_help_option=False)
def audit(context: typer.Context) -> None:
    """Audit: whether every case's history and the audit trail are as they were written (verify)."""
    os.environ.update(_settings(context))
    from cli.audit import run

    raise typer.Exit(run(context.args, context.command_path))


@app.command(context_settings=_PASSED_ON, add_help_option=False)
def mail(context: typer.Context) -> None:
    """Mail: whether the mail server takes letters (test)."""
    _gathered(context)


@app.command(context_settings=_PASSED_ON, add_help_option=False)
def scans(context: typer.Context) -> None:
    """Scans: how their steps went (show), and running them again from a step (reprocess)."""
    _gathered(context)


@app.command(context_settings=_PASSED_ON, add_help_option=False)
def outbox(context: typer.Context) -> None:
    """Outbox: events on their way to those who hear them (list), and telling one again (replay)."""
    _gathered(context)


def _gathered(context: typer.Context) -> None:
    """Hands the words to a service's own commands; imported only now, with the settings in place."""
    os.environ.update(_settings(context))
    commands: typer.Typer = import_module(OF_SERVICES[str(context.info_name)]).app
    commands(args=context.args, prog_name=context.command_path)


def _settings(context: typer.Context) -> dict[str, str]:
    """The settings; none where only help is asked for, which needs no platform."""
    asks_for_help = not context.args or "--help" in context.args
    return {} if asks_for_help else dict(settings())
