"""Asks the platform as one persona after another, and judges what it answers."""

import http.client
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.journeys.people import PASSWORD

SLOW = 10.0
"""Seconds; a busy machine is given time, a hanging operation is found."""
GOOD, ERROR, FAULT = 300, 400, 500
PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    media_type: str
    seconds: float
    content: object
    said: str

    def findings(self, operation: Mapping[str, Any]) -> Iterator[str]:
        """What does not hold of it."""
        if self.status >= FAULT:
            yield f"{self.status}"
        elif str(self.status) not in operation.get("responses", {}):
            yield f"{self.status} is not written down"
        if self.status >= ERROR and self.media_type != PROBLEM:
            yield f"{self.status} as {self.media_type or 'nothing'}"
        if self.seconds > SLOW:
            yield "slow"


@dataclass
class Asker:
    """Whoever asks: nobody, or somebody who logs in when it is needed."""

    url: str
    slowest: float = 0.0
    tokens: dict[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """The public document."""
        found = self.ask(None, "GET", "/api/v1/openapi.json", None).content
        assert isinstance(found, dict)
        return found

    def sections(self, programme: str) -> dict[str, list[dict[str, Any]]]:
        """The fields of a programme's sections."""
        found = self.ask(None, "GET", f"/api/v1/programmes/{programme}", None).content
        assert isinstance(found, dict)
        return {section["section"]: section["fields"] for section in found["sections"]}

    def ask(self, who: str | None, method: str, path: str, body: object) -> Answer:
        """Ask once; where the session has ended, log in and ask again."""
        answer = self._asked(method, path, body, self._token(who))
        if answer.status == 401 and who is not None:
            self.tokens.pop(who, None)
            answer = self._asked(method, path, body, self._token(who))
        self.slowest = max(self.slowest, answer.seconds)
        return answer

    def _token(self, who: str | None) -> str | None:
        """The persona's token; None where logging in is refused by now."""
        if who is None:
            return None
        if who not in self.tokens:
            given = {"username": who, "password": PASSWORD}
            told = self._asked("POST", "/api/v1/sessions", given, None).content
            self.tokens[who] = str(told.get("access_token", "")) if isinstance(told, dict) else ""
        return self.tokens[who] or None

    def _asked(self, method: str, path: str, body: object, token: str | None) -> Answer:
        """One request on a connection of its own."""
        headers = {"Accept": "*/*"} | ({"Authorization": f"Bearer {token}"} if token else {})
        payload = None
        if body is not None:
            payload, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        place = urlsplit(self.url)
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
        began = time.monotonic()
        try:
            connection.request(method, path, payload, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        media_type = (answer.headers.get("Content-Type") or "").split(";")[0]
        return Answer(answer.status, media_type, time.monotonic() - began, _read(content), str(content[:300]))


def _read(content: bytes) -> object:
    """JSON where it is JSON."""
    try:
        return json.loads(content)
    except ValueError:
        return None
