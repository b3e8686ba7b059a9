"""A queue of prepared cases at one employer of the small programme: quick to file, with no scan in them."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from tests.journeys.filling import ID_NUMBER
from tests.journeys.offices import SLUG, join_office, open_office, reviewer as somebody_of
from tests.journeys.people import Someone, new_applicant
from tests.journeys.platform import Platform, wait_until

Json = dict[str, Any]
GIVEN = "明远思远晓燕国栋建国海涛志强文博雨荷子轩雅婷嘉怡俊杰浩然慧敏丽华立新云飞佳宁若溪"
FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
AT_ONCE = 4
OWN = "Luhe-Qingtian-77"
"""The password that new applicants choose."""


@dataclass
class Queue:
    """An employer, its reviewers by username, and the usernames of those who filed there, by name."""

    platform: Platform
    employer_id: str
    usernames: tuple[str, ...]
    applicants: dict[str, str] = field(default_factory=dict)

    def reviewer(self, at: int = 0) -> Someone:
        """A reviewer of the employer, logged in at the API."""
        return somebody_of(self.platform.url, self.usernames[at])

    def address(self, name: str) -> str:
        """Where an applicant's letters go."""
        return f"{self.applicants[name]}@mail.test"

    def applicant(self, name: str) -> Someone:
        """One of those who filed, logged in at the API."""
        someone = Someone(self.platform.url)
        someone.log_in(self.applicants[name], OWN)
        return someone

    def file(self, name: str, **changes: object) -> Someone:
        """Register somebody, fill the one section, and file."""
        someone = new_applicant(self.platform.url, name)
        self.declare(someone, name, **changes)
        someone.call("POST", "/submissions", {"programme": SLUG}, status=201)
        self.applicants[name] = someone.username
        return someone

    def declare(self, someone: Someone, name: str, **changes: object) -> None:
        """Fill the one section."""
        basic = {
            "name": name, "id_type": "citizen_id", "id_number": ID_NUMBER, "employer": self.employer_id,
            "field_of_work": "智能装备", **changes,
        }  # fmt: skip
        someone.call("PUT", f"/profiles/{SLUG}/sections/basic", basic)

    def when_waiting(self, count: int, someone: Someone | None = None) -> list[Json]:
        """The cases that wait for the employer, as soon as they are so many."""
        someone = someone or self.reviewer()
        path = "/review/cases?state=waiting&limit=100"
        wait_until(lambda: len(someone.get(path)["items"]) == count, 60, f"{count} cases wait")
        items: list[Json] = someone.get(path)["items"]
        return items


def open_queue(platform: Platform, count: int, reviewers: int = 1) -> Queue:
    """Make an employer with so many reviewers and so many cases that wait there."""
    admin = Someone(platform.url)
    admin.log_in("admin")
    open_office(admin, "雄安人才工作办公室", "city_talent_office", "office-xiongan")
    mark = secrets.token_hex(3)
    usernames = tuple(f"queue{at}-{mark}" for at in range(reviewers))
    employer_id = open_office(admin, f"容城精密装备有限公司{mark}", "employer", usernames[0])
    for username in usernames[1:]:
        join_office(admin, employer_id, username, "王科长")
    queue = Queue(platform, employer_id, usernames)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(queue.file, names(count)))
    return queue


def names(count: int) -> list[str]:
    """So many names, no two alike."""
    pairs = [GIVEN[at : at + 2] for at in range(0, len(GIVEN), 2)]
    return [FAMILY[(at + at // len(pairs)) % len(FAMILY)] + pairs[at % len(pairs)] for at in range(count)]
