"""What each process is told, and what it is not told."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cli.local.environment import Installation
from cli.local.roster import Process, roster


def told(installation: Installation, name: str) -> dict[str, str]:
    (process,) = [each for each in roster(apart=installation.apart) if each.name == name]
    return installation.of(process)


# Which databases a process may open: those of its own service alone.
DATABASES = {
    "gateway": [],
    "auth": ["JUXIAN_AUTH_DATABASE_URL"],
    "profile-events": ["JUXIAN_PROFILE_DATABASE_URL"],
    "worker-mail-urgent": ["JUXIAN_NOTIFY_DATABASE_URL"],
    "worker-scans": ["JUXIAN_PROFILE_DATABASE_URL"],
    "worker-desk": ["JUXIAN_AUTH_DATABASE_URL", "JUXIAN_PROFILE_DATABASE_URL", "JUXIAN_REVIEW_DATABASE_URL"],
}


@pytest.mark.parametrize("name", DATABASES)
def test_a_process_knows_its_own_databases_only(installation: Installation, name: str) -> None:
    known = sorted(key for key in told(installation, name) if key.endswith("_DATABASE_URL"))
    assert known == DATABASES[name]


def test_everybody_is_told_what_all_share(installation: Installation) -> None:
    gateway = told(installation, "gateway")
    data = installation.places.data
    shared = {
        "JUXIAN_INSTALLATION": "local",
        "JUXIAN_HOST": "127.0.0.1",
        "JUXIAN_PORT": "8000",
        "JUXIAN_BASE_URL": "http://localhost:8000",
        "JUXIAN_DATA_DIR": str(data),
        "JUXIAN_DEMO": "on",
        "JUXIAN_STORAGE_URL": f"file://{data}/files",
        "JUXIAN_AUTH_URL": f"http://127.0.0.1:{installation.ports['auth']}",
        "JUXIAN_MAILBOX_PORT": str(installation.ports["mailbox"]),
    }
    assert {name: gateway[name] for name in shared} == shared


def test_each_service_signs_with_a_key_of_its_own(installation: Installation) -> None:
    public = told(installation, "review")["JUXIAN_IDENTITY_PUBLIC_KEYS"].split(",")
    assert [each.partition("/")[0] for each in public] == ["gateway", "auth", "profile", "review", "notify"]
    keys = {name: told(installation, name)["JUXIAN_IDENTITY_KEY"] for name in ("gateway", "auth", "profile")}
    assert len(set(keys.values())) == 3


def test_each_service_comes_to_redis_under_its_own_name(installation: Installation) -> None:
    users = {"gateway": "gateway", "auth-events": "auth", "worker-scans": "worker", "beat": "worker"}
    told_to = {name: urlsplit(told(installation, name)["JUXIAN_REDIS_URL"]) for name in users}
    assert {name: url.username for name, url in told_to.items()} == users
    assert len({url.password for url in told_to.values()}) == 3
    assert told_to["gateway"].password == installation.secrets.redis_passwords["gateway"]


def test_public_keys_belong_to_the_private_ones(installation: Installation) -> None:
    from base64 import b64decode, b64encode

    kid, _, seed = told(installation, "notify")["JUXIAN_IDENTITY_KEY"].partition(":")
    public = Ed25519PrivateKey.from_private_bytes(b64decode(seed)).public_key().public_bytes_raw()
    known = told(installation, "auth")["JUXIAN_IDENTITY_PUBLIC_KEYS"].split(",")
    assert f"notify/{kid}:{b64encode(public).decode()}" in known


def test_what_the_operator_says_wins(tmp_path: Path) -> None:
    said = {
        "JUXIAN_DATA_DIR": str(tmp_path), "JUXIAN_PORT": "8010", "JUXIAN_CAPTCHA": "off", "JUXIAN_DEMO": "off",
        "JUXIAN_SMTP_URL": "smtp://mail.example.cn:25", "JUXIAN_REVIEW_DATABASE_URL": "postgresql+psycopg://db/review",
    }  # fmt: skip
    installation = Installation.here(said)
    review = told(installation, "review")
    assert {name: review[name] for name in said} == {**said, "JUXIAN_DATA_DIR": str(tmp_path)}
    assert review["JUXIAN_BASE_URL"] == "http://localhost:8010"
    assert "JUXIAN_MAILBOX_PORT" not in review
    assert "JUXIAN_REVIEW_DATABASE_URL" not in told(installation, "auth")


def test_there_is_no_mailbox_for_others_to_read(tmp_path: Path) -> None:
    opened = Installation.here({"JUXIAN_DATA_DIR": str(tmp_path), "JUXIAN_HOST": "0.0.0.0"})  # noqa: S104 - the case
    assert "JUXIAN_MAILBOX_PORT" not in told(opened, "notify")


def test_commands_know_what_the_operator_said_at_the_start(installation: Installation) -> None:
    started = Installation.here({**installation.said, "JUXIAN_PORT": "8010"})
    started.remember()
    assert Installation.here(dict(installation.said), running=True).port == 8010
    assert Installation.here(dict(installation.said)).port == 8000


def test_secrets_stay_the_same_and_private(installation: Installation) -> None:
    again = Installation.here(dict(installation.said))
    kept = installation.places.data / "secrets.json"
    assert again.secrets == installation.secrets
    assert kept.stat().st_mode & 0o777 == 0o600
    assert json.loads(kept.read_text())["redis_password"] == installation.secrets.redis_password


NAMES = {
    "gateway", "auth", "profile", "review", "notify", "auth-events", "profile-events", "review-events",
    "notify-events", "worker-mail", "worker-mail-urgent", "worker-scans", "beat",
}  # fmt: skip


@pytest.mark.parametrize(
    ("apart", "desk"),
    [(False, {"worker-desk"}), (True, {"worker-documents", "worker-imports", "worker-clock"})],
)
def test_processes_have_the_names_of_the_architecture(apart: bool, desk: set[str]) -> None:
    assert {process.name for process in roster(apart=apart)} == NAMES | desk


@pytest.mark.parametrize("apart", [False, True])
def test_every_queue_has_one_worker(apart: bool) -> None:
    workers = [process for process in roster(apart=apart) if process.kind == "worker"]
    assert sorted(queue for worker in workers for queue in worker.words[1:]) == [
        "auth.imports", "notify.mail", "notify.mail_urgent", "profile.documents", "profile.scans", "review.clock",
    ]  # fmt: skip


def test_a_process_is_one_of_its_kind() -> None:
    assert Process("worker-mail", "worker", ("notify",), ("worker", "notify.mail")) in roster(apart=False)
