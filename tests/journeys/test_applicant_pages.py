"""What applicants do in a browser: fill, correct, file, take back, ask for a change; with scripts and without."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.journeys.applicants import OWN, POOL, TITLES, at_home, is_too_wide, keep, scan_file, sections
from tests.journeys.browser import violations
from tests.journeys.filling import Filler, employer
from tests.journeys.people import Someone, new_applicant
from tests.journeys.platform import Platform

pytestmark = pytest.mark.timeout(180)
DIRECTIONS = f"{POOL}/sections/research_directions"
CHANGE = f"/change-requests/new?programme={TITLES.rsplit('/', 1)[1]}"


def test_a_complete_profile_is_filed_and_taken_back(platform: Platform, browser: Browser) -> None:
    someone = new_applicant(platform.url)
    Filler(someone, "dezhou-talent-pool", employer(someone, "鲁北新材料有限公司")).fill(only_required=True)
    with at_home(browser, someone) as page:
        page.goto("/home")
        page.click("text=核对并提交")
        assert "鲁北新材料有限公司" in page.inner_text("aside")
        keep(page, "check")
        page.click("aside button")
        assert page.title().startswith("错误：")
        assert "请先勾选承诺书" in page.inner_text("#errors")
        page.check("#declared")
        page.click("aside button")
        page.wait_for_url(re.compile("/submissions/.*filed=1"))
        assert "已提交审核" in page.inner_text("main")
        assert "HPT" in page.inner_text(".receipt") or re.search(r"[A-Z]+-\d{4}-\d+", page.inner_text(".receipt"))

        page.on("dialog", lambda dialog: dialog.accept())
        page.click("text=撤回申报")
        page.wait_for_selector(".state-withdrawn")

    assert someone.get(POOL)["status"] == "withdrawn"


def test_an_entry_is_added_without_scripts_and_mistakes_keep_what_was_typed(
    platform: Platform, browser: Browser
) -> None:
    someone = new_applicant(platform.url)
    with at_home(browser, someone, scripts=False) as page:
        page.goto(f"{POOL}/sections/political_status/entries/new")
        page.select_option("#party", index=1)
        page.fill("#joined_on", "2010年13月")
        page.click("form.entry-edit button.btn-primary")
        assert page.title().startswith("错误：")
        assert page.input_value("#joined_on") == "2010年13月"
        assert page.locator("#errors a").first.get_attribute("href") == "#joined_on"
        page.fill("#joined_on", "2010年9月")
        page.click("form.entry-edit button.btn-primary")
        page.wait_for_selector(".card.entry")

    entry = sections(someone)["political_status"]["entries"][0]
    assert entry["values"]["joined_on"] == "2010-09-01"


def test_two_tabs_that_edit_one_entry_lose_neither_text(platform: Platform, browser: Browser) -> None:
    someone = new_applicant(platform.url)
    values = {"direction": "固态电解质", "discipline": "材料学"}
    made = someone.call("POST", f"{DIRECTIONS}/entries", values, status=201)
    with at_home(browser, someone, scripts=False) as page:
        page.goto(f"{DIRECTIONS}/entries/{made['entry_id']}")
        page.fill("#discipline", "这一页填写的")
        someone.call("PUT", f"{DIRECTIONS}/entries/{made['entry_id']}", values | {"discipline": "别处保存的"})
        page.click("form.entry-edit button.btn-primary")
        told = page.inner_text("#errors")
        assert ("这一页填写的" in told, "别处保存的" in told) == (True, True)
        page.click("form.entry-edit button.btn-primary")
        page.wait_for_selector(".card.entry")

    assert sections(someone)["research_directions"]["entries"][0]["values"]["discipline"] == "这一页填写的"


def test_a_session_that_ends_in_the_middle_of_an_entry_loses_no_word(platform: Platform, browser: Browser) -> None:
    someone = new_applicant(platform.url)
    with at_home(browser, someone, scripts=False) as page:
        page.goto(f"{DIRECTIONS}/entries/new")
        page.fill("#direction", "固态电解质材料")
        page.fill("#discipline", "材料科学与工程")
        page.context.clear_cookies()
        page.click("form.entry-edit button.btn-primary")
        page.click("main .btn-primary")
        page.fill("#username", someone.username)
        page.fill("#password", OWN)
        page.press("#password", "Enter")
        page.wait_for_load_state()
        if page.locator("form.entry-edit, .card.entry").count() == 0:
            page.click("main .btn-primary")
        page.wait_for_selector(".card.entry")

    assert sections(someone)["research_directions"]["entries"][0]["values"]["discipline"] == "材料科学与工程"


def test_a_draft_saves_itself_and_an_upload_survives_a_lost_connection(platform: Platform, browser: Browser) -> None:
    someone = new_applicant(platform.url)
    with at_home(browser, someone) as page:
        page.goto(f"{POOL}/sections/honours/entries/new")
        page.fill("#title", "市级劳动模范")
        page.wait_for_selector("[data-saved-at]:not(:empty)")
        assert "已自动保存" in page.inner_text("[data-saved-at]")
        page.route("**/scans", lambda route: route.abort())
        page.set_input_files("input[type=file]", scan_file())
        page.wait_for_selector(".filepond--item[data-filepond-item-state='processing-error']")
        assert page.inner_text(".upload-faults") == "证书.png：网络中断，请重试"
        assert page.is_enabled("form.entry-edit .form-foot .btn-primary")
        page.unroute("**/scans")
        page.click(".filepond--action-retry-item-processing")
        page.wait_for_selector("[data-held=scan] li")
        page.click("form.entry-edit .form-foot .btn-primary")
        page.wait_for_selector(".card.entry")

    entry = sections(someone)["honours"]["entries"][0]["values"]
    assert (entry["title"], len(entry["scan"])) == ("市级劳动模范", 1)


def test_a_change_is_asked_for_and_withdrawn(browser: Browser, as_demo: Callable[[str], Someone]) -> None:
    with at_home(browser, as_demo("chen.jing")) as page:
        page.goto("/change-requests/new?programme=hebei-professional-title&section=basic")
        page.fill("#post", "副总工程师")
        page.fill("#reason", "职务有变动")
        page.click("form.entry-edit .form-foot .btn-primary")
        page.wait_for_url(re.compile("/change-requests/.*filed=1"))
        row = page.inner_text("tbody tr")
        assert ("总工程师" in row, "副总工程师" in row) == (True, True)
        page.on("dialog", lambda dialog: dialog.accept())
        page.click("text=撤销 >> nth=-1")
        page.wait_for_selector(".state-withdrawn")


PAGES = {
    "li.na": (POOL, f"{POOL}/sections/education", f"{POOL}/check", "/home", f"{POOL}/sections/basic",
              f"{POOL}/sections/companies", "/submissions/{}"),
    "chen.jing": (TITLES, "/submissions/{}", f"{CHANGE}&section=basic", CHANGE, f"{TITLES}/sharing",
                  f"{TITLES}/accesses", "/change-requests"),
}  # fmt: skip


@pytest.mark.parametrize(("username", "width", "language", "judged"), [
    ("li.na", 1360, "zh", 1), ("li.na", 390, "en", 7), ("chen.jing", 1360, "en", 1), ("chen.jing", 320, "zh", 7),
])  # fmt: skip
def test_every_page_fits_and_breaks_no_rule_of_access(
    browser: Browser, as_demo: Callable[[str], Someone], username: str, width: int, language: str, judged: int
) -> None:
    someone = as_demo(username)
    submission = someone.get("/submissions")["items"][0]["submission_id"]
    found = {}
    with at_home(browser, someone, width=width, language=language) as page:
        for number, path in enumerate(PAGES[username][: 2 + judged]):
            page.goto(path.format(submission))
            wrong = violations(page) if number < judged else []
            found[path] = wrong + (["too wide"] if is_too_wide(page) else [])
            keep(page, f"{username}-{number}-{width}-{language}")

    assert {path: wrong for path, wrong in found.items() if wrong} == {}
