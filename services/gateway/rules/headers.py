"""Which headers pass, in both directions, and which every answer carries (quality.md, 6.6)."""

import re
from collections.abc import Iterable

Header = tuple[bytes, bytes]
RawHeaders = Iterable[Header]

MAXIMUM = 16 * 1024
"""Bytes of all headers of a request together."""

# What a service is told of a request. Connection headers (RFC 9110, 7.6.1), cookies, anything forwarded and
# anything that speaks of identity end here.
PASSED_ON = frozenset({
    b"accept", b"accept-language", b"content-type", b"content-length", b"if-match", b"if-none-match",
    b"if-modified-since", b"if-range", b"range", b"idempotency-key", b"user-agent", b"traceparent",
})  # fmt: skip
# What a client is told of an answer.
HANDED_BACK = frozenset({
    b"content-type", b"content-length", b"content-disposition", b"content-range", b"content-language",
    b"accept-ranges", b"etag", b"last-modified", b"location", b"retry-after", b"vary", b"allow",
})  # fmt: skip

_PLAIN = re.compile(rb"[\x20-\x7e\t]*")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
FILE_POLICY = "sandbox; default-src 'none'"
# A page with a captcha plays its spoken form; Swagger's style sheet carries its little arrows in itself.
CAPTCHA_POLICY = f"{POLICY}; media-src 'self'"
DOCUMENTATION_POLICY = POLICY.replace("img-src 'self' blob:", "img-src 'self' blob: data:")

_FEATURES = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
SECURITY: dict[bytes, bytes] = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": ", ".join(f"{feature}=()" for feature in _FEATURES).encode(),
    b"cache-control": b"no-store",
}
# Only where people reach us by TLS: over plain http it must not be sent (RFC 6797, 7.2).
STRICT_TRANSPORT = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


def size_of(headers: RawHeaders) -> int:
    """The bytes of a request's headers."""
    return sum(len(name) + len(value) + 4 for name, value in headers)


def passed_on(headers: RawHeaders) -> dict[str, str]:
    """The headers that a service is told; one that holds anything but printable ASCII is left out."""
    return {name.decode(): value.decode() for name, value in headers if name in PASSED_ON and _PLAIN.fullmatch(value)}


def handed_back(headers: RawHeaders) -> list[Header]:
    """The headers of a service's answer that the client is told."""
    return [(name.lower(), value) for name, value in headers if name.lower() in HANDED_BACK]


def secured(headers: Iterable[Header], *, over_tls: bool) -> list[Header]:
    """The headers of an answer with those that every answer carries; what the answer says itself wins."""
    own = list(headers)
    said = {name for name, _ in own}
    own.extend((name, value) for name, value in SECURITY.items() if name not in said)
    if over_tls:
        own.append(STRICT_TRANSPORT)
    return own
