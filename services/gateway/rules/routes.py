"""What a public route is, and which paths are clean enough to look for one."""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote_to_bytes

from shared.contracts.identity import ServiceName

API = "/api/v1"
MB = 1024 * 1024
JSON_MAXIMUM = MB
UPLOAD_MAXIMUM = 21 * MB

Guard = Literal["public", "person", "reviewer", "staff", "administrator"]
"""Who may knock: anybody, whoever is logged in, reviewers, reviewers and administrators, administrators."""
Body = Literal["none", "json", "upload"]
Bucket = Literal["read", "write", "upload", "login", "captcha", "registration", "reset", "verification"]

# Ids, slugs, tokens, numbers, file names: nothing that could lead a path elsewhere.
_SEGMENT = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9._~-]{1,200}")


@dataclass(frozen=True, slots=True)
class Route:
    """One public call: who answers it, who may knock, what may be sent, and how often.

    `operation` is the name of the function in the service's `api`. `repeatable` tells that doing it twice changes
    nothing more than doing it once, so that it may be sent again when a connection breaks; `works_before_change`
    that it is open to an account that must first change its password, `works_before_passkey` to one that must first
    add a passkey; `is_file` that the answer is a file;
    `ends_session` that after it the browser forgets whom it served; `knows_device` that the mark of the caller's
    device goes along, and may be set anew.
    """

    method: str
    path: str
    service: ServiceName
    operation: str
    guard: Guard = "person"
    body: Body = "none"
    bucket: Bucket = "read"
    repeatable: bool = False
    works_before_change: bool = False
    works_before_passkey: bool = False
    is_file: bool = False
    ends_session: bool = False
    knows_device: bool = False

    @property
    def maximum(self) -> int:
        """How many bytes a body may have."""
        return {"none": 0, "json": JSON_MAXIMUM, "upload": UPLOAD_MAXIMUM}[self.body]

    @property
    def media_type(self) -> str:
        """The type that a body must declare."""
        return "multipart/form-data" if self.body == "upload" else "application/json"


def clean_path(raw: bytes) -> str | None:
    """The path, if every segment is plain ASCII without escapes that lead elsewhere; None where one is not.

    A `%2F`, `..`, empty or overlong segment finds no route, so that the service behind reads the path as we did.
    """
    if raw == b"/":
        return "/"
    if b"%" in raw:
        parts = raw.split(b"/")
        raw = b"/".join(unquote_to_bytes(part) for part in parts)
        if raw.count(b"/") != len(parts) - 1:
            return None
    try:
        text = raw.decode("ascii")
    except UnicodeDecodeError:
        return None
    return text if all(_SEGMENT.fullmatch(segment) for segment in text.split("/")[1:]) else None
