"""Every queue has a worker, every worker a queue, in the local run and in compose; every job can be sent."""

from importlib import import_module
from itertools import chain

import pytest
import yaml

from cli.local.roster import roster
from shared.kit.jobs import AnyJob, Beat
from shared.kit.lanes import lane_of
from tests.house.sources import ROOT, modules, said

SERVICES = ("auth", "profile", "review", "notify")


def jobs() -> list[AnyJob]:
    """Every kind of job of every service."""
    return list(chain.from_iterable(import_module(f"services.{name}.tasks").JOBS for name in SERVICES))


def schedule() -> list[Beat]:
    """Everything that is done again and again."""
    return list(chain.from_iterable(import_module(f"services.{name}.tasks").SCHEDULE for name in SERVICES))


def queues() -> set[str]:
    """Every queue that something is sent to."""
    named = {queue for job in jobs() for queue in job.queues} | {entry.queue for entry in schedule()}
    return {lane_of(name).queue for name in named}


def served(command: list[str]) -> set[str]:
    """The queues that a process's command line serves."""
    return (
        {word for word in command[command.index("worker") + 1 :] if not word.startswith("-")}
        if "worker" in command
        else set()
    )


def test_every_queue_has_a_worker_in_compose_and_every_worker_a_queue() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    commands = [service["command"] for service in services.values() if isinstance(service.get("command"), list)]

    assert set().union(*map(served, commands)) == queues()


@pytest.mark.parametrize("apart", [True, False])
def test_every_queue_has_a_worker_in_the_local_run(apart: bool) -> None:
    assert set().union(*(served(list(process.words)) for process in roster(apart=apart))) == queues()


def test_no_two_jobs_have_the_same_name() -> None:
    names = [job.table.job.name for job in jobs()] + [entry.name for entry in schedule()]

    assert sorted(names) == sorted(set(names))


def test_a_queue_belongs_to_the_service_whose_name_it_bears() -> None:
    for name in SERVICES:
        tasks = import_module(f"services.{name}.tasks")
        named = {queue for job in tasks.JOBS for queue in job.queues} | {entry.queue for entry in tasks.SCHEDULE}
        assert {queue.partition(".")[0] for queue in named} <= {name}


def test_nobody_uses_what_would_break_the_promise_of_rows() -> None:
    forbidden = ("maxlen", "countdown=", "eta=", "apply_async", ".delay(")
    found = [
        (said(path), word)
        for path in modules("services", "shared", "cli")
        for word in forbidden
        if word in path.read_text(encoding="utf-8")
    ]

    assert found == []
