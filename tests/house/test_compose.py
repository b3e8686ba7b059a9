"""compose.yaml, checked as far as it can be without an engine."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli import alive, secret_files
from cli.local.redis_users import user_of
from cli.local.roster import roster
from tests.house.sources import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
PROCESSES = {process.name: process for process in roster(apart=True)}
SERVERS = {"edge", "postgres", "redis", "mailpit"}
RUN_ONCE = {"migrate", "secrets"}


def names_of_secrets(service: dict[str, Any]) -> dict[str, str]:
    """The names under which a container finds its secrets, and where each comes from."""
    listed = service.get("secrets", [])
    return dict((each, each) if isinstance(each, str) else (each["target"], each["source"]) for each in listed)


def test_its_services_are_the_processes_of_the_architecture() -> None:
    assert set(SERVICES) == set(PROCESSES) | SERVERS | RUN_ONCE


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_runs_the_command_of_its_name(name: str) -> None:
    words = ["python", "-m", "cli.processes", *PROCESSES[name].words]
    assert SERVICES[name]["command"][: len(words)] == words


@pytest.mark.parametrize("name", [*PROCESSES, *RUN_ONCE])
def test_all_run_from_the_one_image(name: str) -> None:
    assert SERVICES[name]["build"] == {"context": ".", "dockerfile": "ops/image/Dockerfile"}
    assert SERVICES[name]["image"] == "${JUXIAN_IMAGE:-juxian:latest}"
    assert (ROOT / "ops/image/Dockerfile").is_file()


@pytest.mark.parametrize("name", sorted(set(SERVICES) - RUN_ONCE))
def test_everything_that_stays_up_is_asked_whether_it_lives(name: str) -> None:
    health = SERVICES[name]["healthcheck"]
    assert {"interval", "timeout", "retries", "test"} <= set(health)
    assert health["test"][0] in {"CMD", "CMD-SHELL"}


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_is_asked_in_the_way_of_its_kind(name: str) -> None:
    process = PROCESSES[name]
    subject = {"web": [], "beat": [], "events": process.services, "worker": process.words[1:]}[process.kind]
    kind = "redis" if process.kind == "beat" else process.kind
    assert SERVICES[name]["healthcheck"]["test"] == ["CMD", "python", "-m", "cli.alive", kind, *subject]


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_can_be_scaled_and_stopped_in_peace(name: str) -> None:
    service = SERVICES[name]
    assert {"container_name", "ports"} & set(service) == set()
    assert service["stop_grace_period"] == "60s"
    assert service["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_holds_its_own_database_and_key_only(name: str) -> None:
    process = PROCESSES[name]
    held = names_of_secrets(SERVICES[name])
    databases = {f"juxian_{service}_database_url" for service in process.services if service != "gateway"}
    assert {each for each in held if each.endswith("_database_url")} == databases
    assert held["juxian_identity_key"] == f"identity_key_{process.services[0]}"
    assert held["juxian_redis_url"] == f"redis_url_{user_of(process.kind, process.services[0])}"


def test_secrets_are_files_and_nothing_else() -> None:
    used = {source for service in SERVICES.values() for source in names_of_secrets(service).values()}
    assert used == set(COMPOSE["secrets"])
    assert {each["file"].rpartition("/")[0] for each in COMPOSE["secrets"].values()} == {"${JUXIAN_SECRETS:-./secrets}"}
    for service in SERVICES.values():
        told = {name for name in service.get("environment", {}) if re.search("PASSWORD|KEY|TOKEN", name)}
        assert {name for name in told if not name.endswith("_FILE")} == set()


def test_the_secrets_that_it_names_are_those_that_are_made(tmp_path: Path) -> None:
    made = secret_files.write(tmp_path / "secrets", 0)
    assert made == sorted(COMPOSE["secrets"])
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "secrets").iterdir()} == {0o400}
    assert secret_files.write(tmp_path / "secrets", 0) == []


def test_secrets_that_belong_together_are_not_mixed(tmp_path: Path) -> None:
    (tmp_path / "redis_acl").write_text("of another installation")
    with pytest.raises(FileExistsError, match="redis_acl"):
        secret_files.write(tmp_path, 0)


def test_volumes_and_networks_are_declared() -> None:
    mounts = [mount for service in SERVICES.values() for mount in service.get("volumes", [])]
    named = {mount.partition(":")[0] for mount in mounts if not mount.startswith((".", "$"))}
    assert named == set(COMPOSE["volumes"])
    local = {mount.partition(":")[0] for mount in mounts if mount.startswith("./")}
    assert [path for path in local if not (ROOT / path).exists()] == []
    assert {name for service in SERVICES.values() for name in service.get("networks", [])} == set(COMPOSE["networks"])


def test_what_the_operator_can_say_stands_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text(encoding="utf-8")))
    assert {name for name in asked if not re.search(rf"^#?{name}=", example, re.MULTILINE)} == set()


def test_each_service_gets_a_database_of_its_own() -> None:
    script = (ROOT / "ops/compose/databases.sh").read_text(encoding="utf-8")
    named = re.search(r"^for service in (.*); do$", script, re.MULTILINE)
    assert named is not None
    assert shlex.split(named[1]) == ["auth", "profile", "review", "notify"]


def test_the_image_holds_what_its_commands_need() -> None:
    lines = (ROOT / "ops/image/Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = {line.split()[1] for line in lines if line.startswith("COPY ") and "--from" not in line}
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert copied == allowed == {"requirements.lock", "ops/juxian", "ops/portal", "shared", "services", "cli"}
    assert [path for path in copied if not (ROOT / path).exists()] == []


def test_a_web_door_that_is_not_there_does_not_live() -> None:
    assert alive.is_alive("web", ["1"]) is False
