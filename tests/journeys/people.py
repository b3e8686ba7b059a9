"""People who use the platform through its public API alone, and the mailbox that they read."""

import itertools
import re
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from tests.journeys.platform import NO_TLS, wait_until

PASSWORD = "Juxian-demo-2026"
API = "/api/v1"
Json = dict[str, Any]
_counter = itertools.count(1)
_everybody: list["Someone"] = []


class Someone:
    """A client of the public API, logged in or not."""

    def __init__(self, url: str) -> None:
        """Nobody is logged in yet."""
        self.http = httpx.Client(base_url=url, timeout=30, verify=NO_TLS)
        _everybody.append(self)
        self.username = ""
        self.patience = 0.0
        """Seconds for which calls are tried again while a part of the platform is down."""

    def log_in(self, username: str, password: str = PASSWORD) -> Json:
        """Log in; gives the answer."""
        session: Json = self.call("POST", "/sessions", {"username": username, "password": password}, status=201)
        self.http.headers["Authorization"] = f"Bearer {session['access_token']}"
        self.username = username
        return session

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Any:  # noqa: ANN401 - JSON
        """Call the API and expect that status; gives the JSON of the answer."""
        answer = self.answer(method, path, body, headers)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text[:2000]}"
        return answer.json() if answer.content else None

    def answer(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Call once; with patience, again under the same key while a part is down."""
        headers = {"Idempotency-Key": secrets.token_hex(8), **(headers or {})} if self.patience else headers
        return self._patiently(lambda: self.http.request(method, API + path, json=body, headers=headers))

    def _patiently(self, call: Callable[[], httpx.Response]) -> httpx.Response:
        """The answer of a call; with patience, it is tried again while a part is down."""
        deadline = time.monotonic() + self.patience
        while True:
            try:
                answer = call()
            except httpx.TransportError:
                if time.monotonic() > deadline:
                    raise
            else:
                if answer.status_code != 503 or time.monotonic() > deadline:
                    return answer
            time.sleep(0.2)

    def get(self, path: str, status: int = 200) -> Any:  # noqa: ANN401 - JSON
        """Read."""
        return self.call("GET", path, status=status)

    def refused(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        """Call, expecting a problem document; gives its status and code."""
        answer = self.http.request(method, API + path, json=body)
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        problem = answer.json()
        assert problem["status"] == answer.status_code
        assert re.search(r"[\u4e00-\u9fff]", problem["detail"]), problem
        return answer.status_code, problem["code"]

    def upload(self, content: bytes, name: str, purpose: str) -> str:
        """Upload a scan and wait until it is ready; gives its id."""
        files, data = {"file": (name, content)}, {"purpose": purpose}
        answer = self._patiently(lambda: self.http.post(f"{API}/scans", files=files, data=data))
        assert answer.status_code == 202, answer.text
        scan_id = str(answer.json()["scan_id"])
        wait_until(lambda: self.get(f"/scans/{scan_id}")["status"] in {"ready", "rejected"}, 60, f"scan {name}")
        scan = self.get(f"/scans/{scan_id}")
        assert scan["status"] == "ready", scan
        return scan_id


def everybody_leaves() -> None:
    """Close the connections of all clients made so far."""
    while _everybody:
        _everybody.pop().http.close()


class Mailbox:
    """The built-in mailbox."""

    def __init__(self, url: str) -> None:
        """Keep where it is."""
        self.url = url

    def to(self, address: str, subject: str = "") -> list[Json]:
        """The letters to that address, the oldest first."""
        asked = {"to": address, "subject": subject}
        answer = httpx.get(f"{self.url}/dev/mailbox/messages", params=asked, timeout=10, verify=NO_TLS)
        assert answer.status_code == 200, answer.text
        return list(reversed(answer.json()["items"]))

    def wait_for(self, address: str, count: int, seconds: float = 45) -> list[Json]:
        """The letters to that address as soon as there are so many; more than that is a fault."""
        wait_until(lambda: len(self.to(address)) >= count, seconds, f"{count} letters to {address}")
        letters = self.to(address)
        assert len(letters) == count, [letter["subject"] for letter in letters]
        return letters


def that_says(letters: list[Json], words: str) -> Json:
    """The one letter that says so: letters of two queues, or of two threads, may arrive in either order."""
    found = [letter for letter in letters if words in letter["text"]]
    assert len(found) == 1, (words, [letter["subject"] for letter in letters])
    return found[0]


def demo(username: str) -> str:
    """The address of a demo account."""
    return f"{username}@demo.juxian.test"


def new_applicant(url: str, name: str = "周晓燕", *, patience: float = 0.0, **changes: object) -> Someone:
    """Register somebody new for the Dezhou programme, and log in."""
    number = next(_counter)
    username = f"applicant{number}{secrets.token_hex(3)}"
    someone = Someone(url)
    someone.patience = patience
    registration = {
        "programme": "dezhou-talent-pool",
        "username": username,
        "password": "Luhe-Qingtian-77",
        "password_confirm": "Luhe-Qingtian-77",
        "name": name,
        "mobile": f"1385340{number:04d}",
        "email": f"{username}@mail.test",
        "talent_type": "innovation",
        "research_direction": "固态电解质材料",
        "professional_title": "高级工程师",
        "highest_education": choice_of(someone, "basic", "highest_education"),
        "highest_degree": choice_of(someone, "basic", "highest_degree"),
        "accept_terms": True,
        **changes,
    }
    someone.call("POST", "/registrations", registration, status=201)
    someone.log_in(username, "Luhe-Qingtian-77")
    return someone


def choice_of(someone: Someone, section: str, field: str, programme: str = "dezhou-talent-pool") -> str:
    """The first value that the catalogue offers for a field."""
    catalogue = someone.get(f"/programmes/{programme}")
    for part in catalogue["sections"]:
        for entry in part["fields"]:
            if (part["section"], entry["field"]) == (section, field):
                return str(entry["choices"][0]["value"])
    raise LookupError(field)
