"""The second manual (河北省职称信息管理系统), page by page in a browser: from a list of people to a share that ends."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page

from tests.builders.scans import certificate_pdf, id_card_jpeg, portrait_jpeg
from tests.journeys.browser import opened
from tests.journeys.filling import Filler, employer
from tests.journeys.people import Someone
from tests.journeys.platform import Platform, wait_until
from tests.journeys.provided import (
    TITLES,
    Album,
    Person,
    announced,
    enter,
    has_come,
    imported,
    to,
    waiting_change,
)
from tests.journeys.reviewing import pass_tier
from tests.services.auth.lists import EMPLOYER

PROFILE = f"/profiles/{TITLES}"
OWN = "Zhengding-Gucheng-2026"
FUNCTIONS = ["通知公告", "个人基本信息", "修改密码", "信息变更申请", "查看信息修改申请"]
FIRST_CHOICE = """(id) => { const list = document.getElementById(id).tomselect;
  list.setValue(Object.keys(list.options).find(Boolean)); }"""


@pytest.fixture
def page(platform: Platform) -> Iterator[Page]:
    """A browser that asks nobody outside for anything."""
    with opened(platform.url, width=1360) as (page, outside):
        page.on("dialog", lambda dialog: dialog.accept())
        yield page
        assert outside == []


@pytest.mark.timeout(400)
def test_the_second_manual_from_the_list_of_people_to_a_share_ended(
    platform: Platform, page: Page, tmp_path: Path
) -> None:
    album, admin = Album(page), Someone(platform.url)
    admin.log_in("admin")
    person = imported(page, album, tmp_path)
    title = announced(admin)

    first_login(page, album, person)
    notices(page, album, title)
    someone = Someone(platform.url)
    someone.log_in(person.username, OWN)
    fill(page, album, person, someone)
    submission_id = filed(page, album)
    unit = Someone(platform.url)
    unit.log_in("unit-hebei")
    pass_tier(unit, submission_id, 1, comment="情况属实")
    wait_until(lambda: someone.get(f"/submissions/{submission_id}")["status"] == "approved", 90, "approved")

    withdrawn(page, album)
    changed(page, album, person)
    wait_until(lambda: waiting_change(unit, submission_id) is not None, 90, "the request at the employer")
    decided(page, album, waiting_change(unit, submission_id) or "")
    wait_until(lambda: someone.get(f"/submissions/{submission_id}")["version"] == 2, 90, "the change applied")
    applied(page, album, person)
    shared(page, album, person)


def first_login(page: Page, album: Album, person: Person) -> None:
    """The initial password is changed before anything else (2.4 修改密码)."""
    enter(page, person.username, person.initial)
    page.goto("/announcements")
    page.goto(PROFILE)
    assert page.url.endswith("/password")
    album.keep("password")
    for field, value in (("current_password", person.initial), ("new_password", OWN), ("new_password_again", OWN)):
        page.fill(f"#{field}", value)
    page.click("text=确认提交")
    page.click("text=继续")


def notices(page: Page, album: Album, title: str) -> None:
    """The first page is the announcements; a title leads to the whole (2.2 通知公告)."""
    assert page.url.endswith("/announcements")
    assert [one.strip() for one in page.locator(".functions li").all_inner_texts()] == FUNCTIONS
    wait_until(lambda: has_come(page, title), 90, "the notice")
    album.keep("announcements")
    page.click(f"text={title}")
    assert page.inner_text("h1") == title
    assert page.inner_text(".prose strong") == "12 月 10 日"
    album.keep("announcement")


def fill(page: Page, album: Album, person: Person, someone: Someone) -> None:
    """Basic facts open, the rest folded; saved section by section, then all (2.3 个人基本信息)."""
    to(page, "信息变更申请")
    assert "现在还不能申请变更" in page.inner_text("main")
    to(page, "个人基本信息")
    assert ("未提交" in page.inner_text(".statusbar"), "最后修改" in page.inner_text(".statusbar")) == (True, True)
    assert "分享到找专家网" in page.inner_text("main")
    assert page.locator("details.fold").count() == 11
    assert page.locator("details.fold[open]").count() == 1
    fill_basic(page, person)
    album.keep("basic")
    page.click("#part-basic .form-foot .btn-primary")
    page.wait_for_selector("text=已保存：基本信息")
    unit = employer(someone, EMPLOYER)
    filler = Filler(someone, TITLES, unit, name=person.name)
    for slug in ("education", "work"):
        section = next(one for one in filler.catalogue["sections"] if one["section"] == slug)
        someone.call("POST", f"{PROFILE}/sections/{slug}/entries", filler.values(section), status=201)
    add_assessment(page, album)


def fill_basic(page: Page, person: Person) -> None:
    """What the list did not say."""
    assert (page.input_value("#basic--name"), page.input_value("#basic--id_number")) == (person.name, person.number)
    born = person.number[6:14]
    texts = {"born_on": f"{born[:4]}-{born[4:6]}-{born[6:]}", "joined_work_on": "2012-07", "post": "工程师"}
    for field, value in texts.items():
        page.fill(f"#basic--{field}", value)
    page.select_option("#basic--id_type", "citizen_id")
    page.select_option("#basic--gender", "1" if int(person.number[16]) % 2 else "2")
    page.select_option("#basic--political_status", index=1)
    for field in ("ethnicity", "highest_education", "highest_degree"):
        page.evaluate(FIRST_CHOICE, f"basic--{field}")
    card = id_card_jpeg(person.name, person.number)
    for field, name, content in (("photo", "照片.jpg", portrait_jpeg()), ("id_scan", "身份证.jpg", card)):
        scan = FilePayload(name=name, mimeType="image/jpeg", buffer=content)
        page.set_input_files(f"#basic--{field} input[type=file]", scan)
        page.wait_for_selector(f"[data-held=basic--{field}] li")
    page.wait_for_selector("#part-basic .form-foot .btn-primary:enabled")


def add_assessment(page: Page, album: Album) -> None:
    """A folded section is opened by its name, and an entry of it saved; at the foot, all."""
    to(page, "个人基本信息")
    page.click("summary >> text=年度考核")
    page.fill("#annual_assessments--new--year", "2025")
    page.select_option("#annual_assessments--new--result", "excellent")
    page.click("#part-annual_assessments--new .form-foot .btn-primary")
    page.wait_for_selector("text=已保存：年度考核")
    page.fill("#basic--address", "石家庄市长安区中山东路 430 号")
    page.click(".section-foot >> text=全部保存")
    page.wait_for_selector("text=已保存：基本信息")
    album.keep("saved")


def filed(page: Page, album: Album) -> str:
    """Handed in for the employer's review; gives the submission's id (三、流程)."""
    page.click(".section-foot >> text=提交审核")
    page.check("#declared")
    album.keep("check")
    page.click("aside button")
    page.wait_for_url(re.compile("/submissions/.*filed=1"))
    album.keep("filed")
    return page.url.split("/")[-1].split("?")[0]


def withdrawn(page: Page, album: Album) -> None:
    """Of several entries one is chosen; a request that waits is taken back (2.5, 2.6 撤销)."""
    to_after(page, "信息变更申请")
    album.keep("choose")
    page.click("li:has-text('学历信息') >> text=修改")
    page.click("text=选中修改")
    page.fill("#school", "燕山大学")
    page.fill("#reason", "录入有误")
    page.click(".form-foot >> text=提交审核")
    page.wait_for_url(re.compile("/change-requests/.*filed=1"))
    to(page, "查看信息修改申请")
    assert "等待审核" in page.inner_text("tbody tr")
    page.click("tbody tr >> text=撤销")
    page.wait_for_selector(".state-withdrawn")


def to_after(page: Page, function: str) -> None:
    """The same, from a page that has no list of functions beside it."""
    page.goto("/announcements")
    to(page, function)


def changed(page: Page, album: Album, person: Person) -> None:
    """What was approved changes by request alone, old beside new, with a proof (2.5 信息变更申请)."""
    to(page, "信息变更申请")
    page.click("li:has-text('基本信息') >> text=修改")
    page.fill("#post", "高级工程师")
    page.fill("#reason", "职务变动")
    proof = FilePayload(name="任职文件.pdf", mimeType="application/pdf", buffer=certificate_pdf(person.name))
    page.set_input_files("#proof input[type=file]", proof)
    page.wait_for_selector("[data-held=proof] .text-green")
    album.keep("change")
    page.click(".form-foot .btn-primary:enabled")
    page.wait_for_url(re.compile("/change-requests/.*filed=1"))
    to(page, "查看信息修改申请")
    heads = page.locator("thead th").all_inner_texts()
    assert heads[:5] == ["项目", "原有内容", "更改后内容", "提交时间", "审核状态"]
    row = page.locator("tbody tr").first.locator("td").all_inner_texts()
    assert (row[0], row[1], row[3]) == ("职务：工程师", "职务：高级工程师", "等待审核")
    album.keep("requests")


def decided(page: Page, album: Album, change_request_id: str) -> None:
    """The employer's reviewer approves the request."""
    enter(page, "unit-hebei")
    page.goto("/review/change-requests")
    page.click(f"a[href$='{change_request_id}']")
    album.keep("decide")
    page.fill("#comment", "同意变更")
    page.click("#decide .btn-success")
    page.wait_for_load_state()


def applied(page: Page, album: Album, person: Person) -> None:
    """The applicant sees it decided in the list, and applied (2.6 查看信息修改申请)."""
    enter(page, person.username, OWN)
    to(page, "查看信息修改申请")
    assert "已通过" in page.locator("tbody tr").first.inner_text()
    to(page, "个人基本信息")
    assert "高级工程师" in page.inner_text("details.fold[open]")
    assert "已通过" in page.inner_text(".statusbar")
    album.keep("applied")


def shared(page: Page, album: Album, person: Person) -> None:
    """Shared to the expert site by consent, seen by everybody, and ended (2.3 分享至“找专家网”)."""
    page.click(".section-head >> text=分享到找专家网")
    page.check("#consent")
    album.keep("consent")
    page.click("text=同意并分享")
    page.wait_for_selector("text=分享设置已保存。")
    address = page.get_attribute("main a[href*='/experts/']", "href") or ""
    page.goto(address)
    assert person.name in page.inner_text("h1")
    album.keep("expert", judged=True)
    page.goto(f"{PROFILE}/sharing")
    page.click("button[name=stop]")
    page.wait_for_selector("text=已停止分享，公开页面已撤下。")
    gone = page.goto(address)
    assert gone is not None
    assert gone.status == 404
