"""From the registration to the filing, and from a return to the next filing, in pages alone."""

import re
import secrets
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.builders.scans import certificate_pdf, id_card_jpeg, portrait_jpeg
from tests.journeys.applicants import OWN, POOL, at_home, is_too_wide, keep, sections
from tests.journeys.browser import violations
from tests.journeys.filling import ID_NUMBER, Filler, employer
from tests.journeys.people import Someone, new_applicant
from tests.journeys.platform import Platform, wait_until
from tests.journeys.reviewing import decide, open_case

pytestmark = pytest.mark.timeout(180)
NAME = "孙丽君"
TYPED = {
    "born_on": "1988年5月12日", "native_place": "山东德州", "id_number": ID_NUMBER, "birthplace": "山东德州",
    "post": "高级工程师", "service_started_on": "2019.7", "service_ends_on": "2029-06", "office_phone": "0534-2687001",
    "main_duties": "负责中试线建设。", "address": "德州市德城区解放北大道 56 号",
}  # fmt: skip
CHOSEN = {"gender": "2", "nationality": "CHN", "ethnicity": "01", "id_type": "citizen_id",
          "introduction_mode": "full_time"}  # fmt: skip


def test_somebody_registers_fills_and_files_on_a_phone_without_scripts(platform: Platform, browser: Browser) -> None:
    username = f"sun.{secrets.token_hex(4)}"
    someone = Someone(platform.url)
    context = browser.new_context(
        base_url=platform.url, locale="zh-CN", viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    page = context.new_page()
    register(page, username)
    page.wait_for_url(re.compile("/(home|login|welcome|$)"))
    someone.log_in(username, OWN)
    with at_home(browser, someone, scripts=False, width=390) as page:
        page.goto("/home")
        page.click("main .btn-primary")
        page.goto(f"{POOL}/sections/basic")
        fill_basic(page, employer(someone, "鲁北新材料有限公司"))
        for section, values in {
            "education": {"school": "山东大学", "major": "材料学", "started_on": "2006-09", "ended_on": "2010-07"},
            "work": {"post": "工程师", "employer": "鲁北新材料有限公司", "started_on": "2010-08"},
        }.items():
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
        wait_until(lambda: someone.get(f"{POOL}/completeness")["complete"], 60, "a complete profile")
        page.goto(f"{POOL}/check")
        assert is_too_wide(page) is False
        page.check("#declared")
        page.click("aside button")
        page.wait_for_url(re.compile("/submissions/.*filed=1"))
        keep(page, "phone-receipt")
    context.close()

    assert someone.get("/submissions")["items"][0]["status"] == "in_review"


def register(page: Page, username: str) -> None:
    """Fill in the registration."""
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


def test_what_was_returned_is_corrected_remark_by_remark(
    platform: Platform, browser: Browser, as_demo: Callable[[str], Someone]
) -> None:
    someone = new_applicant(platform.url)
    unit = employer(someone, "鲁北新材料有限公司")
    Filler(someone, "dezhou-talent-pool", unit).fill(only_required=True)
    body = {"programme": "dezhou-talent-pool", "organization_id": unit}
    submission_id = someone.call("POST", "/submissions", body, status=201)["submission_id"]
    entry_id = sections(someone)["education"]["entries"][0]["entry_id"]
    reviewer = as_demo("unit-lubei")
    remarks = [
        {"section": "basic", "field": "post", "comment": "职务请写全称"},
        {"section": "education", "entry": entry_id, "field": "major", "comment": "专业与证书不一致"},
    ]
    decide(reviewer, open_case(reviewer, submission_id, 1), "return", comment="请修改两处", remarks=remarks)
    wait_until(lambda: someone.get(POOL)["status"] == "returned", 40, "the return")

    with at_home(browser, someone) as page:
        page.goto(f"/submissions/{submission_id}")
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


def told_at(page: Page, field: str) -> str:
    """What describes a field to who cannot see it."""
    ids = (page.get_attribute(field, "aria-describedby") or "").split()
    return " ".join(page.inner_text(f"[id='{one}']") for one in ids)
