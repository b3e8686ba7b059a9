"""The first manual, in pages alone: from the registration to the letter of approval, with one return on the way."""

import re
import secrets
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.builders.scans import certificate_pdf, id_card_jpeg, portrait_jpeg
from tests.journeys.applicants import OWN, POOL, at_home, is_too_wide, keep, sections
from tests.journeys.browser import opened, violations
from tests.journeys.desks import TIERS, come_in, pass_by_keyboard, read_papers, shoot
from tests.journeys.filling import ID_NUMBER, employer
from tests.journeys.people import Someone
from tests.journeys.platform import Platform, wait_until
from tests.journeys.reviewing import open_case, submission_when

NAME = "孙丽君"
TYPED = {
    "born_on": "1988年5月12日", "native_place": "山东德州", "id_number": ID_NUMBER, "birthplace": "山东德州",
    "post": "高级工程师", "service_started_on": "2019.7", "service_ends_on": "2029-06", "office_phone": "0534-2687001",
    "main_duties": "负责中试线建设。", "address": "德州市德城区解放北大道 56 号",
}  # fmt: skip
CHOSEN = {"gender": "2", "nationality": "CHN", "ethnicity": "01", "id_type": "citizen_id",
          "introduction_mode": "full_time"}  # fmt: skip
ENTRIES = {
    "education": {"school": "山东大学", "major": "材料学", "started_on": "2006-09", "ended_on": "2010-07"},
    "work": {"post": "工程师", "employer": "鲁北新材料有限公司", "started_on": "2010-08"},
}

PINNED = (("basic", "post", "职务请写全称"), ("education", "major", "专业与证书不一致"))


@pytest.mark.timeout(300)
def test_from_the_registration_to_the_letter_of_approval(platform: Platform, browser: Browser) -> None:
    someone = registered(platform, browser)
    with at_home(browser, someone, scripts=False, width=390) as page:
        filled(page, someone)
        filed(page, someone)
    submission_id = str(someone.get("/submissions")["items"][0]["submission_id"])

    with opened(platform.url, width=1360) as (page, outside):
        returned_by_keyboard(page, platform, submission_id)
        returned = submission_when(someone, submission_id, status="returned")
        assert [one["comment"] for one in returned["remarks"]] == [words for _section, _field, words in PINNED]
        come_in(page, someone.username, f"/submissions/{submission_id}", OWN)
        corrected(page, someone)
        filed_again(page, submission_id)
        for username in TIERS:
            pass_by_keyboard(page, platform, submission_id, username, 2)
        member = submission_when(someone, submission_id, status="approved", category="C")
        come_in(page, someone.username, f"/submissions/{submission_id}", OWN)
        expect(page.locator("#main")).to_contain_text("已通过")
        shoot(page, "outcome")
        read_the_letter(page, someone, member["membership"]["number"])
        assert outside == []


def registered(platform: Platform, browser: Browser) -> Someone:
    """Register on a phone without scripts (3.1); gives who did, at the API too."""
    someone = Someone(platform.url)
    username = f"sun.{secrets.token_hex(4)}"
    context = browser.new_context(
        base_url=platform.url, locale="zh-CN", viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/register")
    given = {"username": username, "name": NAME, "mobile": "13853400117", "email": f"{username}@mail.test",
             "password": OWN, "password_confirm": OWN, "research_direction": "固态电解质",
             "professional_title": "高级工程师"}  # fmt: skip
    for name, value in given.items():
        page.fill(f"#{name}", value)
    for name in ("talent_type", "highest_education", "highest_degree"):
        page.select_option(f"#{name}", index=1)
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.click("main form .btn-primary")
    page.wait_for_url(re.compile("/(home|login|welcome|$)"))
    context.close()
    someone.log_in(username, OWN)
    return someone


def filled(page: Page, someone: Someone) -> None:
    """Fill what must be filled, on a phone without scripts (3.3)."""
    page.goto("/home")
    page.click("main .btn-primary")
    page.goto(f"{POOL}/sections/basic")
    fill_basic(page, employer(someone, "鲁北新材料有限公司"))
    for section, values in ENTRIES.items():
        page.goto(f"{POOL}/sections/{section}/entries/new")
        for name, value in values.items():
            page.fill(f"#{name}", value)
        for select in page.locator("form.entry-edit select").all():
            select.select_option(index=1)
        if section == "work":
            page.check("#current")
        page.set_input_files("input[type=file]", file("证书.pdf", "application/pdf", certificate_pdf(NAME)))
        save(page)
    keep(page, "phone-entry-saved")


def fill_basic(page: Page, unit: str) -> None:
    """Fill in the first section, first with a mistake."""
    for name, value in TYPED.items():
        page.fill(f"#{name}", value)
    for name, value in CHOSEN.items():
        page.select_option(f"#{name}", value)
    page.select_option("#political_status", index=1)
    page.select_option("#employer", unit)
    page.set_input_files('[name="upload.photo"]', file("照片.jpg", "image/jpeg", portrait_jpeg()))
    page.set_input_files('[name="upload.id_scan"]', file("证件.jpg", "image/jpeg", id_card_jpeg(NAME, ID_NUMBER)))
    page.fill("#email", "不是邮箱")
    page.click("form.entry-edit .form-foot .btn-primary")
    assert page.title().startswith("错误：")
    assert page.locator("[data-held=photo] .held").count() == 1
    keep(page, "phone-error")
    page.fill("#email", "sun.lijun@mail.test")
    save(page)


def file(name: str, kind: str, content: bytes) -> Any:  # noqa: ANN401 - what Playwright takes for a file
    """A file as somebody chooses it."""
    return {"name": name, "mimeType": kind, "buffer": content}


def save(page: Page) -> None:
    """Save the form that is open."""
    page.click("form.entry-edit .form-foot .btn-primary")
    page.wait_for_selector(".done-note")


def filed(page: Page, someone: Someone) -> None:
    """File it once every scan was read (3.4)."""
    wait_until(lambda: someone.get(f"{POOL}/completeness")["complete"], 60, "a complete profile")
    page.goto(f"{POOL}/check")
    assert is_too_wide(page) is False
    page.check("#declared")
    page.click("aside button")
    page.wait_for_url(re.compile("/submissions/.*filed=1"))
    keep(page, "phone-receipt")


def returned_by_keyboard(page: Page, platform: Platform, submission_id: str) -> None:
    """The employer looks at every paper, pins two problems, and returns the case by keyboard (3.5)."""
    unit = Someone(platform.url)
    unit.log_in(TIERS[0])
    case = open_case(unit, submission_id, 1)
    come_in(page, TIERS[0], f"/review/cases/{case['case_id']}")
    read_papers(page)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    assert page.evaluate("document.getElementById('keys').offsetHeight < innerHeight * 0.8")
    page.keyboard.press("Escape")
    for section, field, words in PINNED:
        page.locator(f'#s-{section} .pinner[data-field="{field}"]').click()
        page.keyboard.type(words)
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.type("请修改两处")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#pending")).to_contain_text(f"退回 {NAME}")
    page.goto("/review")


def corrected(page: Page, someone: Someone) -> None:
    """Correct what was returned, remark by remark; each ticks itself."""
    entry_id = sections(someone)["education"]["entries"][0]["entry_id"]
    assert page.locator(".ticks .ticked").count() == 0
    keep(page, "returned")
    page.click(".ticks >> text=定位到该条")
    assert page.url.endswith(f"/entries/{entry_id}#major")
    assert "专业与证书不一致" in told_at(page, "#major")
    page.fill("#major", "材料科学与工程")
    save(page)
    page.goto(POOL)
    assert page.locator(".ticks .ticked").inner_text().startswith("教育经历情况 · 专业")
    page.click(".ticks >> text=定位到该项")
    assert "职务请写全称" in told_at(page, "#post")
    keep(page, "remark-at-its-field")
    page.fill("#post", "高级工程师（研究室主任）")
    save(page)


def told_at(page: Page, field: str) -> str:
    """What describes a field to who cannot see it."""
    ids = (page.get_attribute(field, "aria-describedby") or "").split()
    return " ".join(page.inner_text(f"[id='{one}']") for one in ids)


def filed_again(page: Page, submission_id: str) -> None:
    """See what the filing would change, file, and find every round told."""
    page.goto(f"/submissions/{submission_id}")
    assert page.locator(".ticks .ticked").count() == 2
    page.click("text=核对并重新提交")
    changes = page.inner_text("[aria-labelledby=changes]")
    assert [words in changes for words in ("材料科学与工程", "研究室主任", "2 处")] == [True] * 3
    assert violations(page) == []
    keep(page, "changes-to-be-filed")
    page.check("#declared")
    page.click("aside button")
    page.wait_for_url(re.compile("filed=2"))
    rounds = page.locator(".fold")
    assert [words in rounds.inner_text() for words in ("第 1 轮", "请修改两处", "专业与证书不一致")] == [True] * 3
    assert "第 2 轮" in page.inner_text("[aria-labelledby=way]")
    assert violations(page) == []
    keep(page, "all-rounds")


def read_the_letter(page: Page, someone: Someone, number: str) -> None:
    """The letter of approval names category and number, and its link leads to the outcome."""
    letter = page.locator(".letter", has_text=number)

    def has_come() -> bool:
        """Whether it is in the mailbox."""
        page.goto(f"/dev/mailbox?to={someone.username}@mail.test")
        return letter.count() == 1

    wait_until(has_come, 40, "the letter of approval")
    letter.locator("summary").click()
    expect(letter).to_contain_text("C 类")
    shoot(page, "letter")
    letter.locator("a").first.click()
    expect(page.locator("#main")).to_contain_text(number)
