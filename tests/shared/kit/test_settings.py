"""Settings: switches, secrets from files, and what is refused outside a trial."""

import base64
import secrets
from pathlib import Path

import pytest
from pydantic import ValidationError

from shared.kit.settings import DEMO_SECRETS, Settings


def own_key() -> str:
    """A key that nobody else has."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A real installation with keys of its own."""
    monkeypatch.setenv("JUXIAN_INSTALLATION", "server")
    monkeypatch.setenv("JUXIAN_MASTER_KEYS", f"k1:{own_key()}")
    monkeypatch.setenv("JUXIAN_INDEX_KEY", own_key())
    monkeypatch.setenv("JUXIAN_IDENTITY_KEY", f"k1:{own_key()}")
    return monkeypatch


@pytest.mark.parametrize(
    ("said", "is_on"),
    [("on", True), ("off", False), ("true", True), ("false", False), ("1", True), ("0", False), ("", False)],
)
def test_a_switch_is_turned_as_people_say_it(monkeypatch: pytest.MonkeyPatch, said: str, is_on: bool) -> None:
    for name in ("CAPTCHA", "LIMITS", "DEMO"):
        monkeypatch.setenv(f"JUXIAN_{name}", said)
    settings = Settings()

    assert (settings.captcha, settings.limits, settings.demo) == (is_on, is_on, is_on)


@pytest.mark.parametrize(("name", "said"), [("CAPTCHA", "perhaps"), ("CLOCK", "wrong"), ("INSTALLATION", "home")])
def test_a_setting_that_makes_no_sense_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, said: str) -> None:
    monkeypatch.setenv(f"JUXIAN_{name}", said)

    with pytest.raises(ValidationError):
        Settings()


def test_a_real_installation_with_its_own_keys_starts(server: pytest.MonkeyPatch) -> None:
    assert Settings().installation == "server"


@pytest.mark.parametrize("name", DEMO_SECRETS)
def test_a_real_installation_refuses_a_secret_of_the_demo(server: pytest.MonkeyPatch, name: str) -> None:
    server.delenv(f"JUXIAN_{name.upper()}")

    with pytest.raises(ValidationError, match=f"JUXIAN_INSTALLATION=local: JUXIAN_{name.upper()}\\."):
        Settings()


@pytest.mark.parametrize(
    ("name", "said", "named"),
    [
        ("CAPTCHA", "off", "JUXIAN_CAPTCHA=off"),
        ("LIMITS", "off", "JUXIAN_LIMITS=off"),
        ("DEMO", "on", "JUXIAN_DEMO"),
        ("CLOCK", "adjustable", "JUXIAN_CLOCK=adjustable"),
    ],
)
def test_a_real_installation_refuses_what_only_a_trial_may(
    server: pytest.MonkeyPatch, name: str, said: str, named: str
) -> None:
    server.setenv(f"JUXIAN_{name}", said)

    with pytest.raises(ValidationError, match=f"JUXIAN_INSTALLATION=local: {named}\\."):
        Settings()


def test_an_installation_that_says_nothing_is_a_real_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JUXIAN_INSTALLATION")

    with pytest.raises(ValidationError, match="JUXIAN_MASTER_KEYS, JUXIAN_INDEX_KEY, JUXIAN_IDENTITY_KEY"):
        Settings()


@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_a_secret_is_read_from_a_file_of_its_name(tmp_path: Path, case: type[str]) -> None:
    key = own_key()
    (tmp_path / case("JUXIAN_INDEX_KEY")).write_text(f"{key}\n")

    assert Settings(_secrets_dir=tmp_path).index_key == key


def test_the_environment_comes_before_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "JUXIAN_INDEX_KEY").write_text(own_key())
    monkeypatch.setenv("JUXIAN_INDEX_KEY", "of the environment")

    assert Settings(_secrets_dir=tmp_path).index_key == "of the environment"


def test_links_begin_with_the_address_that_people_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUXIAN_PORT", "8001")
    assert Settings().public_url == "http://localhost:8001"

    monkeypatch.setenv("JUXIAN_BASE_URL", "https://juxian.example/")
    assert Settings().public_url == "https://juxian.example"


@pytest.mark.parametrize(
    ("host", "smtp", "has_mailbox"),
    [("127.0.0.1", "", True), ("localhost", "", True), ("0.0.0.0", "", False), ("::1", "smtp://mail", False)],  # noqa: S104 - refused here
)
def test_letters_stay_in_the_mailbox_only_where_nobody_else_can_look(
    monkeypatch: pytest.MonkeyPatch, host: str, smtp: str, has_mailbox: bool
) -> None:
    monkeypatch.setenv("JUXIAN_HOST", host)
    monkeypatch.setenv("JUXIAN_SMTP_URL", smtp)

    assert Settings().has_mailbox is has_mailbox


def test_scans_are_kept_with_the_data_unless_a_store_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JUXIAN_DATA_DIR", str(tmp_path))
    assert Settings().files_url == f"file://{tmp_path}/files"

    monkeypatch.setenv("JUXIAN_STORAGE_URL", "s3://scans")
    assert Settings().files_url == "s3://scans"
