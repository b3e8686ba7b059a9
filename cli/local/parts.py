"""How ready the platform is, as the gateway tells it at /readyz."""

import json
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the platform that is not ready yet, and why."""

    part: str
    detail: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """The gateway's answer; `answered` is false while there is none."""

    answered: bool
    ready: bool
    missing: tuple[Part, ...] = ()

    @property
    def lacks_only_demo(self) -> bool:
        """True when nothing but the demo world is missing."""
        return bool(self.missing) and all("demo" in each.part for each in self.missing)

    def __str__(self) -> str:
        if not self.answered:
            return "gateway"
        return ", ".join(each.part for each in self.missing)


def ask(host: str, port: int, timeout: float = 5.0) -> Readiness:
    """Asks the gateway once; never raises because it is down."""
    connection = HTTPConnection(host, port, timeout=timeout)
    try:
        connection.request("GET", "/readyz", headers={"Host": f"localhost:{port}"})
        answer = connection.getresponse()
        body: dict[str, Any] = json.loads(answer.read() or b"{}")
    except (OSError, HTTPException, ValueError):
        return Readiness(answered=False, ready=False)
    finally:
        connection.close()
    missing = tuple(
        Part(str(each.get("part")), str(each.get("detail") or ""))
        for each in body.get("parts", [])
        if not each.get("ready")
    )
    return Readiness(answered=True, ready=answer.status == 200, missing=missing)  # noqa: PLR2004 - HTTP's own number
