"""Accounts that an administrator gives out from a list, and what their story looks at: for the second manual."""

import os
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page
from python_calamine import CalamineWorkbook

from tests.journeys.browser import violations
from tests.journeys.people import PASSWORD, Someone
from tests.services.auth.lists import EMPLOYER, as_xlsx, id_number

TITLES = "hebei-professional-title"
PEOPLE = int(os.environ.get("JUXIAN_TEST_PEOPLE", "60"))
"""How many people the list holds. The manual's 500 are for a run by hand: their letters keep two cores busy."""
SCREENSHOTS = Path(__file__).parents[2] / ".screenshots" / "second-manual"
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "文博雅琴建国晓燕志强丽君海涛春梅"


@dataclass
class Person:
    """The one of the list whom the story follows."""

    name: str
    number: str
    username: str = ""
    initial: str = ""


class Album:
    """Pictures of what was seen, numbered in the order of the story."""

    def __init__(self, page: Page) -> None:
        """Make room for them."""
        self.page, self.count = page, 0
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    def keep(self, name: str, *, judged: bool = False) -> None:
        """Take a picture; with `judged`, axe finds nothing against WCAG on the page."""
        assert (name, violations(self.page) if judged else []) == (name, [])
        self.count += 1
        self.page.screenshot(path=SCREENSHOTS / f"{self.count:02d}-{name}.png")


def enter(page: Page, username: str, password: str = PASSWORD) -> None:
    """Log in, after whoever was there has left (2.1 用户登录)."""
    if page.locator("form[action='/logout']").count():
        page.click("form[action='/logout'] button")
    page.goto("/login")
    page.fill("#username", username)
    page.fill("#password", password)
    page.press("#password", "Enter")
    page.wait_for_url(re.compile(r"/(admin|review|password|announcements|home)\b"))


def to(page: Page, function: str) -> None:
    """Choose from the list of functions at the left."""
    page.click(f".functions >> text={function}")
    page.wait_for_load_state()


def imported(page: Page, album: Album, folder: Path) -> Person:
    """Account and password are given by the administrator: the template filled in, judged, run, handed out once."""
    enter(page, "admin")
    page.goto("/admin/imports")
    with page.expect_download() as fetched:
        page.click("a[download]:has-text('下载模板')")
    headings = CalamineWorkbook.from_path(str(fetched.value.path())).get_sheet_by_index(0).to_python()[0]
    rows = list(people(headings))
    person = Person(str(rows[7][headings.index("姓名")]), str(rows[7][headings.index("身份证件号码")]))
    listed = folder / "人员名单.xlsx"
    listed.write_bytes(as_xlsx(*rows, headings=headings))
    page.select_option("#programme", TITLES)
    page.set_input_files("#file", str(listed))
    page.click("text=上传并核对")
    assert f"{PEOPLE}\n可开通" in page.inner_text(".tiles")
    album.keep("preview", judged=True)
    page.click(f"text=开通 {PEOPLE} 个帐号")
    page.wait_for_selector("#progress, [data-once]")
    album.keep("running")
    page.wait_for_selector("[data-once]", timeout=60_000)
    assert page.inner_text(".tiles") == f"{PEOPLE}\n已开通"
    return handed_out(page, album, person)


def people(headings: Sequence[object]) -> Iterator[list[object]]:
    """As many invented people as the story needs, each cell under its heading."""
    born = f"19{random.randrange(60, 99)}{random.randrange(1, 13):02d}{random.randrange(1, 29):02d}"
    mark = random.randrange(10**6)
    for number in range(PEOPLE):
        name = SURNAMES[number % 10] + GIVEN[number // 10 % 16] + GIVEN[number // 160 % 16]
        cells = {
            "姓名": name, "身份证件号码": id_number(number + 1, born=born), "移动电话": f"1393{number:07d}",
            "电子邮箱": f"p{mark}.{number}@mail.test", "所在单位": EMPLOYER,
        }  # fmt: skip
        yield [cells.get(str(heading), "") for heading in headings]


def handed_out(page: Page, album: Album, person: Person) -> Person:
    """Usernames and initial passwords, given once and to nobody again."""
    link = page.get_attribute("[data-once]", "href") or ""
    with page.expect_download() as fetched:
        page.click("[data-once]")
    given = CalamineWorkbook.from_path(str(fetched.value.path())).get_sheet_by_index(0).to_python()[1:]
    assert (len(given), len({row[1] for row in given}), len({row[2] for row in given})) == (PEOPLE,) * 3
    person.username, person.initial = next((str(row[1]), str(row[2])) for row in given[7:] if row[0] == person.name)
    assert page.request.get(link).status == 410
    page.reload()
    assert "用户名和初始密码已下载" in page.inner_text("main")
    album.keep("handed-out")
    return person


def announced(admin: Someone) -> str:
    """An announcement for the programme's people."""
    title = f"关于 2026 年度基础信息采集的通知 {random.randrange(10**6)}"
    body = {"title": title, "body": "请于 **12 月 10 日** 前填报。", "programme": TITLES, "audience": "applicants"}
    admin.call("POST", "/admin/announcements", body, status=201)
    return title


def has_come(page: Page, words: str) -> bool:
    """Whether the page, loaded anew, says so."""
    page.reload()
    return words in page.inner_text("main")


def waiting_change(unit: Someone, submission_id: str) -> str | None:
    """The request in the reviewer's list; None until it has come there."""
    items = unit.get("/review/change-requests?state=waiting&limit=100")["items"]
    found = (one["change_request_id"] for one in items if one["submission_id"] == submission_id)
    return next(found, None)
