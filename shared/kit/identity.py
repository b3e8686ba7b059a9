"""Identity travels signed (law 9): a JWT under Ed25519, a minute old at most, for one service (RFC 7519, 8037)."""

import base64
import secrets
from functools import cache
from typing import Any, get_args
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from shared.contracts.identity import SERVICES, Caller, Role, ServiceName
from shared.contracts.refusals import Unauthenticated
from shared.kit import clock
from shared.kit.settings import common

AGE = 60
LEEWAY = 30
ALGORITHMS = ["Ed25519", "EdDSA"]
ROLES = frozenset(get_args(Role))


def public_key_of(seed: str) -> str:
    """The public half of a base64 seed, in base64: what goes into JUXIAN_IDENTITY_PUBLIC_KEYS."""
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed)).public_key()
    return base64.b64encode(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def _url_safe(raw: str) -> str:
    """Base64 as JSON web keys write it."""
    return base64.urlsafe_b64encode(base64.b64decode(raw)).rstrip(b"=").decode()


@cache
def _own_key() -> tuple[str, OKPKey]:
    """The service's own signing key and its id."""
    kid, _, seed = common().identity_key.partition(":")
    members: dict[str, str | list[str]] = {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": _url_safe(public_key_of(seed)),
        "d": _url_safe(seed),
    }
    return kid, OKPKey.import_key(members)


@cache
def _public_keys() -> dict[tuple[str, str], OKPKey]:
    """Every service's public keys by service and key id; in a trial without any, one demo key speaks for all."""
    settings, keys = common(), {}
    for entry in filter(None, settings.identity_public_keys.replace(" ", "").split(",")):
        name, _, raw = entry.partition(":")
        service, _, kid = name.partition("/")
        keys[service, kid] = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": _url_safe(raw)})
    if not keys and settings.installation == "local":
        kid, key = _own_key()
        keys = {(service, kid): key for service in SERVICES}
    return keys


def forget_keys() -> None:
    """Read the keys from the settings again."""
    _own_key.cache_clear()
    _public_keys.cache_clear()


def sign(caller: Caller, audience: ServiceName) -> str:
    """Give a token that tells `audience` who the caller is; it is good for a minute."""
    kid, key = _own_key()
    now = int(clock.wall().timestamp())
    claims: dict[str, Any] = {
        "iss": caller.actor,
        "aud": audience,
        "iat": now,
        "exp": now + AGE,
        "jti": secrets.token_urlsafe(12),
        "sub": str(caller.account_id) if caller.account_id else "",
        "roles": sorted(caller.roles),
        "org": str(caller.organization_id) if caller.organization_id else "",
        "sid": str(caller.session_id) if caller.session_id else "",
        "mcp": caller.must_change_password,
        "lang": caller.language,
        "addr": caller.address,
    }
    return jwt.encode({"alg": "Ed25519", "kid": f"{caller.actor}/{kid}"}, claims, key, algorithms=ALGORITHMS)


def verify(token: str, audience: ServiceName) -> Caller:
    """Give the caller that a token speaks of; whatever is not signed, fresh and meant for us is refused."""
    try:
        found = jwt.decode(token, lambda obj: _key_for(str(obj.headers().get("kid", ""))), algorithms=ALGORITHMS)
        claims = found.claims
        actor, _, _ = str(found.header["kid"]).partition("/")
        _check(claims, actor, audience)
        return _caller(claims, actor)
    except (JoseError, LookupError, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise Unauthenticated from error


def _key_for(name: str) -> OKPKey:
    """The public key that a token's header names."""
    service, _, kid = name.partition("/")
    return _public_keys()[service, kid]


def _check(claims: dict[str, Any], actor: str, audience: str) -> None:
    """Issuer, audience and age must hold."""
    now = clock.wall().timestamp()
    if claims["iss"] != actor or claims["aud"] != audience:
        raise Unauthenticated
    if not now - AGE - LEEWAY <= int(claims["iat"]) <= now + LEEWAY or int(claims["exp"]) < now - LEEWAY:
        raise Unauthenticated


def _caller(claims: dict[str, Any], actor: str) -> Caller:
    """Read the claims."""
    return Caller(
        actor=next(name for name in SERVICES if name == actor),
        account_id=UUID(claims["sub"]) if claims["sub"] else None,
        roles=frozenset(role for role in claims["roles"] if role in ROLES),
        organization_id=UUID(claims["org"]) if claims["org"] else None,
        session_id=UUID(claims["sid"]) if claims["sid"] else None,
        must_change_password=bool(claims["mcp"]),
        language="en" if claims["lang"] == "en" else "zh",
        address=str(claims["addr"]),
    )
