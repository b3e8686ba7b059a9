"""The pages behind the letters' links, in a real browser."""

import re

import pytest

from tests.journeys.browser import opened, violations
from tests.journeys.people import Mailbox, new_applicant, that_says
from tests.journeys.platform import Platform

NEW = "Dongfang-Xiyang-58"


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", ["/", "/login", "/forgot", "/reset/unknown", "/nothing/here", "/dev/mailbox"])
def test_a_page_fits_breaks_no_rule_of_access_and_asks_nobody_outside(
    platform: Platform, path: str, width: int
) -> None:
    with opened(platform.url, width=width) as (page, outside):
        page.goto(path)
        page.wait_for_load_state("networkidle")

        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert outside == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_password_is_set_anew_by_the_letters_link(platform: Platform, mailbox: Mailbox, scripts: bool) -> None:
    owner = new_applicant(platform.url, "傅雅文")
    address = owner.get("/me")["email"]
    with opened(platform.url, scripts=scripts) as (page, outside):
        page.goto("/forgot")
        page.fill("input[name=username]", owner.username)
        page.fill("input[name=email]", "wrong@mail.test")
        page.click("main form .btn-primary")
        assert "填写的帐号和邮箱不匹配，请核查后重试" in page.inner_text("main")
        page.fill("input[name=username]", owner.username)
        page.fill("input[name=email]", address)
        page.click("main form .btn-primary")
        letter = that_says(mailbox.wait_for(address, 2), "/reset/")
        link = re.findall(rf"{re.escape(platform.url)}(/reset/[\w-]+)", letter["text"])[0]

        page.goto(link)
        for field in page.locator("input[type=password]").all():
            field.fill(NEW)
        page.click("main form .btn-primary")
        page.goto("/login")
        page.fill("input[name=username]", owner.username)
        page.fill("input[name=password]", NEW)
        page.click("main form .btn-primary")
        page.goto("/reset/" + link.rsplit("/", 1)[1])

        assert "退出" in page.inner_text("header")
        assert outside == []
