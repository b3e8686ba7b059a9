"""Every setting says what it is, and an operator finds it in .env.example."""

from importlib import import_module

import pytest
from pydantic import ValidationError

from shared.kit.settings import Settings
from tests.house.sources import ROOT, SERVICES


def fields() -> dict[str, str | None]:
    """Environment name → description of every setting of every service."""
    found = {}
    for name in SERVICES:
        kind = type(import_module(f"services.{name}.settings").settings())
        for field, info in kind.model_fields.items():
            alias = info.validation_alias
            found[alias if isinstance(alias, str) else f"JUXIAN_{field.upper()}"] = info.description
    return found


@pytest.mark.usefixtures("installed")
def test_every_setting_is_described() -> None:
    assert [name for name, description in fields().items() if not description] == []


@pytest.mark.usefixtures("installed")
def test_every_setting_stands_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    assert [name for name in fields() if name not in example] == []


@pytest.mark.parametrize(
    "unsafe",
    [{}, {"demo": True}, {"captcha": False}, {"limits": False}, {"clock": "adjustable"}],
)
def test_a_server_refuses_demo_secrets_and_switched_off_guards(
    unsafe: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUXIAN_INSTALLATION", "server")
    if unsafe:
        for name in ("MASTER_KEYS", "INDEX_KEY", "IDENTITY_KEY"):
            monkeypatch.setenv(f"JUXIAN_{name}", "k1:cmVhbCBzZWNyZXQgb2YgdGhpcnR5LXR3byBieXRlcyE=")

    with pytest.raises(ValidationError, match="Refused outside"):
        Settings(**unsafe)  # type: ignore[arg-type]  # a table of values
