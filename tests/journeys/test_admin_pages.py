"""Administration in a real browser: people imported and let in, an announcement, windows, every page for everyone."""

import secrets
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.journeys.browser import opened, violations
from tests.journeys.platform import Platform
from tests.journeys.test_public_pages import check, enter
from tests.services.auth.lists import id_number

PAGES = (
    "/admin", "/admin/organizations", "/admin/organizations/new", "/admin/reviewers?where=lubei", "/admin/accounts",
    "/admin/imports", "/admin/announcements", "/admin/announcements/new", "/admin/programmes",
    "/admin/programmes/dezhou-talent-pool?who=zhang", "/admin/holidays?year=2026", "/admin/deliveries",
    "/admin/letters", "/admin/letters/submission_returned", "/admin/audit", "/admin/reveals?who=wang",
    "/admin/statistics?by=county",
)  # fmt: skip
NEW = "Baiyangdian-2026-wei"


@pytest.mark.parametrize(("language", "first"), [("en", 0), ("zh", 1), ("en", 2)])
def test_every_page_of_administration_breaks_no_rule_of_access(platform: Platform, language: str, first: int) -> None:
    with opened(platform.url) as (page, outside):
        page.goto(f"/login?lang={language}")
        enter(page, "admin")
        for path in PAGES[first::3]:
            check(page, path, outside)


def test_every_page_of_administration_fits_a_phone(platform: Platform) -> None:
    with opened(platform.url, width=360) as (page, _outside):
        enter(page, "admin")
        wide = []
        for path in PAGES:
            page.goto(path)
            wide += [path] if page.evaluate("document.documentElement.scrollWidth > window.innerWidth") else []
        assert wide == []


@pytest.mark.parametrize("path", ["/admin/organizations", "/admin/accounts", "/admin/reviewers", "/admin/deliveries"])
def test_what_a_list_leads_to_breaks_no_rule_of_access(platform: Platform, path: str) -> None:
    with opened(platform.url) as (page, _outside):
        enter(page, "admin")
        page.goto(path)
        link = page.locator("tbody tr th a").first.get_attribute("href") or ""
        answer = page.goto(link)
        assert answer is not None
        assert (answer.status, violations(page)) == (200, [])


def test_people_are_imported_and_let_in(platform: Platform, tmp_path: Path) -> None:
    number, mark = id_number(secrets.randbelow(900) + 1, born="19870603"), secrets.token_hex(3)
    people = tmp_path / "名单.csv"
    people.write_text(
        "姓名,身份证件号码,移动电话,电子邮箱,所在单位\n"
        f"钱雅琴,{number},13931100221,qian.{mark}@mail.test,河北示范工程设计院\n"
        f"吴建国,130102198503120000,13931100222,wu.{mark}@mail.test,河北示范工程设计院\n",
        encoding="utf-8",
    )
    with opened(platform.url) as (page, _outside):
        enter(page, "admin")
        page.goto("/admin/imports")
        page.set_input_files("#file", str(people))
        page.click("text=上传并核对")
        rows = page.locator("tbody tr")
        assert [rows.nth(at).locator("td").nth(3).inner_text() for at in range(2)] == ["可开通", "有误"]

        page.click("text=开通 1 个帐号")
        page.wait_for_selector("[data-once]")
        username = page.locator("tbody tr").first.locator("td").nth(2).inner_text()
        with page.expect_download() as fetched:
            page.click("[data-once]")
        keys = CalamineWorkbook.from_path(str(fetched.value.path())).get_sheet_by_index(0).to_python()
        assert keys[1][1] == username
        initial = str(keys[1][2])
        page.reload()
        assert page.locator("[data-once]").count() == 0
        page.click("text=退出")

        enter(page, username, initial)
        assert page.url.endswith("/password")
        page.fill("#current_password", initial)
        page.fill("#new_password", NEW)
        page.fill("#new_password_again", NEW)
        page.click("main form .btn-primary")
        page.click("text=继续")
        assert page.url.endswith("/announcements")


def test_an_announcement_is_written_read_and_withdrawn(platform: Platform, tmp_path: Path) -> None:
    guide = tmp_path / "申报指南.pdf"
    guide.write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")
    title = f"2026 年度申报通知 {secrets.token_hex(3)}"
    with opened(platform.url, scripts=False) as (page, _outside):
        enter(page, "admin")
        page.goto("/admin/announcements/new")
        page.fill("#title", title)
        page.fill("#body", "## 时间\n\n请在 **12 月 10 日** 前提交。")
        page.set_input_files("#files", str(guide))
        page.click("button[name=preview]")
        assert page.locator(".prose strong").inner_text() == "12 月 10 日"
        page.click("main form .btn-primary")
        assert "公告已保存" in page.inner_text("main")
        page.click(".desk-head >> text=查看")
        assert page.inner_text("h1") == title
        assert "申报指南.pdf" in page.inner_text(".attachments")
        page.go_back()
        page.click("text=立即撤下")
        page.goto(f"/announcements?query={title}")
        assert "没有符合条件的公告" in page.inner_text("main")


def test_who_is_no_administrator_is_told_so(platform: Platform) -> None:
    with opened(platform.url) as (page, _outside):
        page.goto("/admin/accounts?query=zhang")
        assert page.url.endswith("/login?next=%2Fadmin%2Faccounts%3Fquery%3Dzhang")
        enter(page, "unit-lubei")
        answer = page.goto("/admin/accounts")
        assert answer is not None
        assert answer.status == 403
        assert "只有管理员可以使用此功能" in page.inner_text("h1")
