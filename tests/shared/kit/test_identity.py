"""Identity travels signed: what holds is believed, and nothing else is."""

import base64
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import OKPKey

from shared.contracts.identity import Caller
from shared.contracts.refusals import Unauthenticated
from shared.kit import clock, identity, settings
from shared.kit.identity import public_key_of, sign, verify

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
SEEDS = {name: base64.b64encode(name.encode().ljust(32, b".")).decode() for name in ("gateway", "review")}
REVIEWER = Caller(
    actor="gateway", account_id=uuid4(), roles=frozenset({"reviewer"}), organization_id=uuid4(), session_id=uuid4(),
    must_change_password=True, language="en", address="192.0.2.7",
)  # fmt: skip
Forge = Callable[..., str]


@pytest.fixture
def become(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Take the part of another service, in an installation where each has its own key."""
    keys = ",".join(f"{name}/k1:{public_key_of(seed)}" for name, seed in SEEDS.items())
    monkeypatch.setenv("JUXIAN_IDENTITY_PUBLIC_KEYS", keys)

    def as_service(name: str) -> None:
        """Sign with that service's key from now on."""
        monkeypatch.setenv("JUXIAN_IDENTITY_KEY", f"k1:{SEEDS[name]}")
        settings.common.cache_clear()
        identity.forget_keys()

    as_service("gateway")
    yield as_service
    monkeypatch.undo()
    settings.common.cache_clear()
    identity.forget_keys()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Set the machine's clock to so many seconds after NOW."""

    def move(seconds: float) -> None:
        """Set it."""
        monkeypatch.setattr(clock, "wall", lambda: NOW + timedelta(seconds=seconds))

    move(0)
    return move


def forged(*, seed: str = "gateway", header: dict[str, Any] | None = None, **changed: Any) -> str:  # noqa: ANN401 - any claim
    """A token as the gateway signs it, with other claims, another header or another key."""
    raw = base64.b64decode(SEEDS[seed])
    key = OKPKey.import_key(
        {"kty": "OKP", "crv": "Ed25519", "x": _url(base64.b64decode(public_key_of(SEEDS[seed]))), "d": _url(raw)}
    )
    claims = {"iss": "gateway", "aud": "review", "iat": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 60,
              "sub": "", "roles": [], "org": "", "sid": "", "mcp": False, "lang": "zh", "addr": ""}  # fmt: skip
    return jwt.encode({"alg": "Ed25519", "kid": "gateway/k1", **(header or {})}, claims | changed, key,
                      algorithms=["Ed25519", "EdDSA"])  # fmt: skip


def unsigned(header: object, key: bytes = b"") -> str:
    """A token with any header at all: under HMAC where there is a key, with no signature otherwise."""
    claims = {"iss": "gateway", "aud": "review", "iat": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 60,
              "sub": str(uuid4()), "roles": ["administrator"], "org": "", "sid": "", "mcp": False, "lang": "zh",
              "addr": ""}  # fmt: skip
    body = f"{_url(json.dumps(header).encode())}.{_url(json.dumps(claims).encode())}"
    return f"{body}.{_url(hmac.digest(key, body.encode(), 'sha256')) if key else ''}"


def _url(raw: bytes) -> str:
    """Base64 as tokens write it."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.mark.parametrize("caller", [REVIEWER, Caller(actor="gateway"), Caller(actor="gateway", address="192.0.2.7")])
def test_who_was_signed_for_is_read_back_whole(become: object, at: object, caller: Caller) -> None:
    assert verify(sign(caller, "review"), "review") == caller


def test_a_visitor_is_nobody_and_holds_nothing(become: object, at: object) -> None:
    visitor = verify(sign(Caller(actor="gateway"), "review"), "review")

    with pytest.raises(Unauthenticated):
        _ = visitor.person
    assert (visitor.account_id, visitor.roles) == (None, frozenset())


def test_the_same_words_forged_by_hand_would_hold(become: object, at: object) -> None:
    assert verify(forged(), "review") == Caller(actor="gateway")


def test_a_token_for_another_service_is_refused(become: object, at: object) -> None:
    with pytest.raises(Unauthenticated):
        verify(sign(REVIEWER, "profile"), "review")


@pytest.mark.parametrize(("seconds", "holds"), [(-31, False), (-29, True), (89, True), (91, False)])
def test_a_token_holds_for_a_minute_and_half_a_minute_of_crooked_clocks(
    become: object, at: Callable[[float], None], seconds: float, holds: bool
) -> None:
    token = sign(REVIEWER, "review")
    at(seconds)

    if holds:
        assert verify(token, "review") == REVIEWER
    else:
        with pytest.raises(Unauthenticated):
            verify(token, "review")


def test_a_token_that_was_made_to_live_longer_is_refused_when_it_is_old(
    become: object, at: Callable[[float], None]
) -> None:
    token = forged(exp=int(NOW.timestamp()) + 86_400)
    at(91)

    with pytest.raises(Unauthenticated):
        verify(token, "review")


@pytest.mark.parametrize(
    "make",
    [
        lambda: forged(seed="review"),
        lambda: forged(iss="review"),
        lambda: forged(header={"kid": "review/k1"}),
        lambda: forged(header={"kid": "gateway/k2"}),
        lambda: forged(header={"kid": ""}),
        lambda: forged(seed="review", iss="review", header={"kid": "cli/k1"}),
        lambda: forged(aud=["review", "profile"]),
        lambda: forged(iat=None),
        lambda: forged(iat=1e400),
        lambda: forged(exp="soon"),
        lambda: forged(sub="somebody"),
        lambda: forged(sub=7),
        lambda: forged(roles=7),
        lambda: unsigned({"alg": "none", "kid": "gateway/k1"}),
        lambda: unsigned({"alg": "HS256", "kid": "gateway/k1"}, base64.b64decode(public_key_of(SEEDS["gateway"]))),
        lambda: unsigned({"alg": "Ed25519"}),
        lambda: unsigned({"alg": "Ed25519", "kid": ["gateway/k1"]}),
        lambda: unsigned(["alg", "Ed25519"]),
        lambda: unsigned(7),
        lambda: "",
        lambda: "a.b",
        lambda: "a.b.c",
        lambda: "您.好.吗",
        lambda: forged() + "A",
        lambda: forged().replace(".", "..", 1),
    ],
)  # fmt: skip
def test_what_was_forged_is_refused(become: object, at: object, make: Callable[[], str]) -> None:
    with pytest.raises(Unauthenticated):
        verify(make(), "review")


def test_a_claim_that_was_changed_on_the_way_is_refused(become: object, at: object) -> None:
    head, claims, signature = sign(Caller(actor="gateway"), "review").split(".")
    opened = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    bent = _url(json.dumps(opened | {"roles": ["administrator"]}).encode())

    with pytest.raises(Unauthenticated):
        verify(f"{head}.{bent}.{signature}", "review")


def test_a_service_cannot_speak_for_another_with_its_own_key(become: Callable[[str], None], at: object) -> None:
    become("review")

    with pytest.raises(Unauthenticated):
        verify(sign(REVIEWER, "profile"), "profile")


def test_a_role_that_nobody_knows_counts_for_nothing(become: object, at: object) -> None:
    assert verify(forged(roles=["king", "reviewer"]), "review").roles == {"reviewer"}


def test_a_service_outside_a_trial_without_public_keys_believes_nobody(
    become: Callable[[str], None], at: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = forged()
    monkeypatch.setenv("JUXIAN_IDENTITY_PUBLIC_KEYS", "")
    monkeypatch.setenv("JUXIAN_INSTALLATION", "server")
    for name in ("MASTER_KEYS", "INDEX_KEY"):
        monkeypatch.setenv(f"JUXIAN_{name}", f"own:{SEEDS['review']}")
    become("gateway")

    with pytest.raises(Unauthenticated):
        verify(token, "review")
