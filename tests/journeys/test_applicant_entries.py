"""Entries and scans: deleted and taken back, ordered, copied, chosen again; and all of a page saved at once."""

import secrets
from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page
from python_calamine import CalamineWorkbook

from tests.journeys.applicants import OWN, POOL, TITLES, at_home, is_too_wide, keep, picture, scan_file, sections
from tests.journeys.browser import violations
from tests.journeys.people import Someone, new_applicant
from tests.journeys.platform import Platform, wait_until
from tests.services.auth.lists import as_csv, id_number, person

pytestmark = pytest.mark.timeout(180)
DIRECTIONS = f"{POOL}/sections/research_directions"


def add(someone: Someone, direction: str, **values: object) -> str:
    """A research direction; gives its id."""
    values = {"direction": direction, "discipline": "材料学", **values}
    return str(someone.call("POST", f"{DIRECTIONS}/entries", values, status=201)["entry_id"])


def directions(page: Page) -> list[str]:
    """The directions as their cards name them."""
    return [title.split(" · ")[0] for title in page.locator(".entry .card-title").all_inner_texts()]


def test_entries_are_ordered_copied_deleted_and_taken_back_without_scripts(
    platform: Platform, browser: Browser
) -> None:
    someone = new_applicant(platform.url)
    for direction in ("甲", "乙", "丙"):
        add(someone, direction)
    with at_home(browser, someone, scripts=False) as page:
        page.goto(DIRECTIONS)
        page.click(".entry >> nth=2 >> button[title=上移]")
        assert directions(page) == ["甲", "丙", "乙"]
        page.click(".entry >> nth=0 >> text=删除")
        assert directions(page) == ["丙", "乙"]
        page.click("text=撤销删除")
        assert directions(page) == ["甲", "丙", "乙"]
        keep(page, "entry-taken-back")
        page.click(".entry >> nth=1 >> a[title=复制为新的一条]")
        assert page.input_value("#direction") == "丙"
        page.goto(f"{POOL}/sections/patents")
        page.click("text=暂无，确认跳过")
        assert "已确认：暂无专利情况" in page.inner_text(".empty")
        keep(page, "nothing-to-declare")

    assert someone.get(POOL)["confirmed_none"] == ["patents"]


def test_a_first_entry_begins_with_what_the_registration_said(platform: Platform, browser: Browser) -> None:
    someone = new_applicant(platform.url)
    with at_home(browser, someone, scripts=False) as page:
        page.goto(f"{DIRECTIONS}/entries/new")
        assert page.input_value("#direction") == "固态电解质材料"


def test_a_scan_that_is_there_is_chosen_again_replaced_and_put_in_order(platform: Platform, browser: Browser) -> None:
    someone = new_applicant(platform.url)
    first = sent(someone, 50)
    with at_home(browser, someone) as page:
        page.goto(f"{POOL}/sections/honours/entries/new")
        page.fill("#title", "市级劳动模范")
        page.click("text=从我的扫描件中选择")
        page.check(f".choices input[value='{first}']")
        page.set_input_files("input[type=file]", scan_file())
        page.wait_for_selector("[data-held=scan] .held")
        page.click("form.entry-edit .form-foot .btn-primary")
        page.wait_for_selector(".entry .scans")
        page.click(".entry >> text=编辑")
        page.click("[data-held=scan] .held >> nth=1 >> [data-move=up]")
        keep(page, "scans-in-order")
        old = page.locator("[data-held=scan] .held input").nth(1).input_value()
        with page.expect_file_chooser() as chooser:
            page.click("[data-held=scan] .held >> nth=1 >> [data-replace]")
        chooser.value.set_files(scan_file("新的证书.png"))
        page.wait_for_selector(f"[data-held=scan]:not(:has(input[value='{old}']))")
        assert page.locator("[data-held=scan] .held").count() == 2
        page.click("form.entry-edit .form-foot .btn-primary")
        page.wait_for_selector(".done-note")

    named = sections(someone)["honours"]["entries"][0]["values"]["scan"]
    assert (len(named), named[0], named[1] == old) == (2, first, False)


def test_scans_are_chosen_and_ordered_without_scripts(platform: Platform, browser: Browser) -> None:
    someone = new_applicant(platform.url)
    first, second = (sent(someone, seed) for seed in (51, 52))
    with at_home(browser, someone, scripts=False) as page:
        page.goto(f"{POOL}/sections/honours/entries/new")
        page.fill("#title", "市级劳动模范")
        page.click("text=从我的扫描件中选择")
        assert page.input_value("#title") == "市级劳动模范"
        for scan in (first, second):
            page.check(f".choices input[value='{scan}']")
        page.click("form.entry-edit .form-foot .btn-primary")
        page.click(".entry >> text=编辑")
        page.click(f"button[value='scan:{first}:down'], button[value='scan:{second}:down'] >> nth=0")
        page.click("form.entry-edit .form-foot .btn-primary")
        page.wait_for_selector(".done-note")

    assert len(sections(someone)["honours"]["entries"][0]["values"]["scan"]) == 2


def sent(someone: Someone, seed: int) -> str:
    """A scan that has come in; nobody waits until it was read."""
    files = {"file": ("甲.png", picture(seed))}
    answer = someone.http.post("/api/v1/scans", files=files, data={"purpose": "proof"})
    return str(answer.json()["scan_id"])


_usernames: dict[str, str] = {}


def assigned(admin: Someone) -> Someone:
    """Somebody who was given an account and has changed the first password: the same person for every story here."""
    url = str(admin.http.base_url).rstrip("/")
    someone = Someone(url)
    if url not in _usernames:
        _usernames[url] = given_an_account(admin, someone)
    someone.log_in(_usernames[url], OWN)
    return someone


def given_an_account(admin: Someone, someone: Someone) -> str:
    """Import a person, and change the first password; gives the username."""
    number, mark = id_number(secrets.randbelow(900) + 1, born="19870603"), secrets.token_hex(3)
    row = person(1, name="钱雅琴", id_number=number, mobile="13931100221", email=f"qian.{mark}@mail.test")
    files = {"file": ("名单.csv", as_csv(row))}
    answer = admin.http.post("/api/v1/admin/accounts/import", files=files, data={"programme": TITLES.rsplit("/", 1)[1]})
    assert answer.status_code == 202, answer.text
    path = f"/admin/imports/{answer.json()['import_id']}"
    admin.call("POST", f"{path}/run", status=202)
    wait_until(lambda: admin.get(path)["state"] == "done", 30, "the import")
    sheet = admin.http.get(f"/api/v1{path}/credentials.xlsx").content
    rows = CalamineWorkbook.from_object(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    someone.log_in(str(rows[1][1]), str(rows[1][2]))
    changed = {"current_password": str(rows[1][2]), "new_password": OWN}
    someone.call("POST", "/me/password", changed, status=204)
    return someone.username


def test_all_sections_of_the_personal_page_are_saved_at_once(
    browser: Browser, as_demo: Callable[[str], Someone]
) -> None:
    someone = assigned(as_demo("admin"))
    with at_home(browser, someone, scripts=False) as page:
        page.goto(TITLES)
        page.fill("[id='basic--post']", "助理工程师")
        page.click("#fold-education > summary")
        page.fill("[id='education--new--school']", "河北工业大学")
        page.fill("[id='education--new--started_on']", "2006-09")
        page.click("#fold-patents > summary")
        page.fill("[id='patents--new--name']", "一种薄膜")
        page.fill("[id='patents--new--inventor_rank']", "第一")
        page.click(".section-foot .btn-primary")
        assert page.title().startswith("错误：")
        assert page.locator("#errors a").first.get_attribute("href") == "#patents--new--inventor_rank"
        assert page.input_value("[id='patents--new--name']") == "一种薄膜"
        assert "已保存：基本信息、学历信息" in page.inner_text("main")
        keep(page, "all-saved-but-one")
        page.fill("[id='patents--new--inventor_rank']", "1")
        page.click("#fold-education >> text=编辑")
        assert page.input_value("[id='patents--new--inventor_rank']") == "1"
        page.locator("[id^='education--'][id$='--major']").fill("机械工程")
        page.click(".section-foot .btn-primary")
        page.wait_for_selector("text=已保存：")

    held = sections(someone, TITLES)
    assert held["basic"]["values"]["post"] == "助理工程师"
    assert held["education"]["entries"][0]["values"] == {
        "school": "河北工业大学", "started_on": "2006-09-01", "major": "机械工程",
    }  # fmt: skip
    assert held["patents"]["entries"][0]["values"] == {"name": "一种薄膜", "inventor_rank": 1}


def test_forms_open_in_their_place_and_save_themselves(browser: Browser, as_demo: Callable[[str], Someone]) -> None:
    someone = assigned(as_demo("admin"))
    with at_home(browser, someone, width=390) as page:
        page.goto(TITLES)
        page.click("#fold-work > summary")
        page.fill("[id='work--new--post']", "工程师")
        page.wait_for_selector("#fold-work [data-saved-at]:not(:empty)")
        page.fill("[id='basic--post']", "总工程师")
        page.wait_for_selector("#fold-basic [data-saved-at]:not(:empty)")
        keep(page, "personal-phone")
        assert (violations(page), is_too_wide(page)) == ([], False)

    held = sections(someone, TITLES)
    assert (held["basic"]["values"]["post"], [one["values"] for one in held["work"]["entries"]]) == (
        "总工程师", [{"post": "工程师"}],
    )  # fmt: skip
