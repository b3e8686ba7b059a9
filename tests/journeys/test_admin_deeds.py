"""What administrators do in a browser: invite, hand over, merge, disable; mend a list and take it back; reveal."""

import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from python_calamine import CalamineWorkbook

from tests.journeys.browser import opened, violations
from tests.journeys.filling import Filler
from tests.journeys.people import Mailbox, Someone, new_applicant
from tests.journeys.platform import Platform, wait_until
from tests.journeys.reviewing import waiting
from tests.journeys.test_public_pages import enter
from tests.services.auth.lists import as_csv, id_number, person

POOL = "dezhou-talent-pool"
SECRET = "Baiyangdian-2026-wei"


@pytest.fixture(scope="module")
def page(platform: Platform) -> Iterator[Page]:
    """One browser for all stories; it asks nobody outside for anything."""
    with opened(platform.url) as (page, outside):
        page.on("dialog", lambda dialog: dialog.accept())
        yield page
        assert outside == []


def unit(admin: Someone, name: str) -> str:
    """An employer in 德城区; gives its id."""
    body = {"name": f"{name}{secrets.token_hex(2)}有限公司", "kind": "employer", "region": "371402",
            "municipal": False, "programmes": [POOL]}  # fmt: skip
    return str(admin.call("POST", "/admin/organizations", body, status=201)["organization_id"])


def invited(page: Page, organization_id: str, username: str) -> None:
    """Invite somebody by mail; the letter's link sets the first password (reviewers are invited by mail)."""
    page.goto(f"/admin/organizations/{organization_id}")
    page.click("text=邀请 >> visible=true")
    for field, value in {"name": "石主任", "username": username, "email": f"{username}@offices.test"}.items():
        page.fill(f"#{field}", value)
    page.click("text=发送邀请")
    assert "邀请信已发出" in page.inner_text("main")


def accepted(platform: Platform, username: str) -> Someone:
    """Whoever was invited, with a password of their own."""
    box, address = Mailbox(platform.url), f"{username}@offices.test"
    wait_until(lambda: bool(box.to(address, "邀请")), 60, f"the invitation of {username}")
    token = re.findall(r"/reset/([\w-]+)", box.to(address, "邀请")[0]["text"])[0]
    reviewer = Someone(platform.url)
    reviewer.call("POST", f"/password-resets/{token}", {"new_password": SECRET}, status=204)
    reviewer.log_in(username, SECRET)
    return reviewer


def settled(page: Page) -> None:
    """Nothing against WCAG, nothing cut off."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.timeout(200)
def test_open_cases_are_handed_over_and_an_organization_is_merged(platform: Platform, page: Page) -> None:
    admin = Someone(platform.url)
    admin.log_in("admin")
    old, heir, username = unit(admin, "鲁北电池"), unit(admin, "德州储能"), f"shi.{secrets.token_hex(3)}"
    applicant = new_applicant(platform.url)
    Filler(applicant, POOL, old).fill(only_required=True)
    filed = applicant.call("POST", "/submissions", {"programme": POOL, "organization_id": old}, status=201)
    enter(page, "admin")
    invited(page, old, username)
    invited(page, heir, f"{username}2")
    wait_until(lambda: admin.get(f"/admin/organizations/{old}/handover")["waiting"] == 1, 60, "the case")
    page.goto(f"/admin/organizations/{old}")
    assert "还有 1 件等待审核，请先移交" in page.inner_text("main")
    page.click("a[href$='/handover']")
    name = str(admin.get(f"/admin/organizations/{heir}")["name"])
    page.fill("#query", name)
    page.click("form[role=search] button")
    settled(page)
    page.click("button[form=choice]")
    page.wait_for_selector("text=已移交 1 件")
    taker = accepted(platform, f"{username}2")
    wait_until(lambda: waiting(taker, filed["submission_id"]) is not None, 60, "the case at the heir")

    page.goto(f"/admin/organizations/{old}/merge?query={name}")
    assert "1 名审核人员转到新的单位" in page.inner_text("main")
    settled(page)
    page.click("button[form=choice]")
    assert "单位已合并" in page.inner_text("main")
    assert page.url.split("?")[0].endswith(heir)
    moved = accepted(platform, username)
    wait_until(lambda: waiting(moved, filed["submission_id"]) is not None, 60, "the case, for who moved")

    page.click("button[name=disabled]")
    assert "单位已停用" in page.inner_text("main")
    page.click("button[name=disabled]")
    assert "单位已重新启用" in page.inner_text("main")


def test_a_list_with_troubles_is_mended_and_taken_back(page: Page, tmp_path: Path) -> None:
    mark = secrets.randbelow(800) + 1
    born = f"19{secrets.randbelow(30) + 60}0714"
    good = [person(at, id_number=id_number(mark + at, born=born), email=f"l{mark}.{at}@mail.test") for at in range(3)]
    bad = [[*good[1][:2], "1383110", *good[1][3:]], [*good[2][:4], "没有这个单位"], ["", *good[0][1:]]]
    file = tmp_path / "名单.csv"
    file.write_bytes(as_csv(good[0], bad[0], bad[1], bad[2], encoding="gb18030"))
    enter(page, "admin")
    page.goto("/admin/imports")
    page.set_input_files("#file", str(file))
    page.click("text=上传并核对")
    rows = [row.inner_text() for row in page.locator("tbody tr").all()]
    told = zip(("可开通", "移动电话应为", "没有这个单位", "请填写姓名"), rows, strict=True)
    assert [words in row for words, row in told] == [True] * 4
    settled(page)
    with page.expect_download() as fetched:
        page.click("text=下载问题清单")
    listed = CalamineWorkbook.from_path(str(fetched.value.path())).get_sheet_by_index(0).to_python()
    assert [(line[0], line[2]) for line in listed[1:]] == [
        ("3", "移动电话"), ("4", "所在单位"), ("5", "姓名"), ("5", "身份证件号码")
    ]  # fmt: skip
    page.click("text=放弃这份名单")
    file.write_bytes(as_csv(*good))
    page.set_input_files("#file", str(file))
    page.click("text=上传并核对")
    page.click("text=开通 3 个帐号")
    page.click("text=撤销本次导入", timeout=60_000)
    page.wait_for_selector(".tile:has-text('已撤销')", timeout=60_000)
    assert page.inner_text(".tiles") == "3\n已撤销"


def test_two_administrators_at_one_announcement_lose_no_word(platform: Platform, page: Page) -> None:
    admin, title = Someone(platform.url), f"材料清单 {secrets.token_hex(3)}"
    admin.log_in("admin")
    made = admin.call("POST", "/admin/announcements", {"title": title, "body": "旧的正文"}, status=201)
    path = f"/admin/announcements/{made['announcement_id']}"
    enter(page, "admin")
    page.goto(path)
    page.fill("#body", "我补充的要求")
    page.fill("#publish_at", "2027-03-01 09:00")
    admin.call("PATCH", path, {"body": "同事改过的正文"})
    page.click("main form .btn-primary")
    told = page.inner_text(".conflict")
    assert ("我补充的要求" in told, "同事改过的正文" in told) == (True, True)
    page.click("main form .btn-primary")
    assert "修改已保存" in page.inner_text("main")
    assert "定时发布" in page.inner_text("main")
    assert admin.get(path)["body"] == "我补充的要求"
    page.goto(f"/announcements?query={title}")
    assert "没有符合条件的公告" in page.inner_text("main")


def test_a_masked_number_is_revealed_for_a_reason_that_its_owner_sees(page: Page) -> None:
    reason = f"核对任职文件 {secrets.token_hex(3)}"
    enter(page, "admin")
    page.goto("/admin/reveals?who=wang.fang")
    page.click("text=查看并记录")
    assert page.locator("#reason-error").count() == 1
    page.fill("#reason", reason)
    page.click("text=查看并记录")
    assert re.search(r"\b\d{17}[\dX]\b", page.inner_text("main"))
    assert "基本情况" in page.inner_text("main")
    page.goto("/admin/audit?action=value_revealed")
    assert reason in page.inner_text("tbody")
    with page.expect_download() as fetched:
        page.click(".desk-head >> text=导出")
    lines = CalamineWorkbook.from_path(str(fetched.value.path())).get_sheet_by_index(0).to_python()
    assert reason in str(lines)
    page.click("form[action='/logout'] button")
    enter(page, "wang.fang")
    page.goto(f"/profiles/{POOL}/accesses")
    assert reason in page.inner_text("tbody")


def test_time_is_kept_in_order_and_deliveries_are_found_by_their_letter(page: Page) -> None:
    enter(page, "admin")
    page.goto(f"/admin/programmes/{POOL}?who=zhang.wei")
    page.fill("#opens-1", "2026-11-01")
    page.fill("#closes-1", "morgen")
    page.click("main form .btn-primary >> text=延期")
    assert (page.input_value("#own_closes_at"), page.locator("#own_closes_at-error").count()) == ("morgen", 1)
    page.fill("#own_closes_at", "2027年1月31日")
    page.click("main form .btn-primary >> text=延期")
    assert "2027-01-31 23:59" in page.inner_text("main")
    page.click("text=取消延期")
    assert "延期已取消" in page.inner_text("main")

    page.goto("/admin/holidays?year=2027")
    page.fill("#day", "2027年5月8日")
    page.check("input[name=working][value=true]")
    page.fill("#name", "调休上班")
    page.click("main form .btn-primary")
    assert "2027-05-08" in page.inner_text("tbody")
    page.click("tr:has-text('2027-05-08') button")
    assert "2027-05-08" not in page.inner_text("tbody")

    page.goto("/admin/deliveries?template=account_registered")
    words = page.locator("#template option:checked").inner_text()
    assert {one.strip() for one in page.locator("tbody th").all_inner_texts()} <= {words}
    page.goto("/admin/statistics")
    page.wait_for_selector(".chart canvas")
    settled(page)
