"""The public pages and the way in, in a real browser: registration as the first manual tells it, login, messages."""

import secrets

import pytest
from playwright.sync_api import Page

from tests.journeys.browser import opened, violations
from tests.journeys.people import PASSWORD
from tests.journeys.platform import Platform

EVERYBODY = (
    "/", "/programmes/dezhou-talent-pool", "/programmes/hebei-professional-title", "/register", "/login",
    "/login?by=passkey", "/announcements", "/help", "/terms", "/privacy",
)  # fmt: skip
OWN = ("/account", "/messages", "/password")
NEW = "Luhe-Qingtian-77"


def enter(page: Page, username: str, password: str = PASSWORD) -> None:
    """Log in by password."""
    page.goto("/login")
    page.fill("#username", username)
    page.fill("#password", password)
    page.click("main form .btn-primary")


def check(page: Page, path: str, outside: list[str]) -> None:
    """Nothing against WCAG, nothing cut off, nothing asked of anybody outside."""
    page.goto(path)
    assert (path, violations(page)) == (path, [])
    assert (path, page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")) == (path, True)
    assert outside == []


@pytest.mark.parametrize(("width", "language"), [(1280, "zh"), (360, "en")])
def test_every_public_page_fits_and_breaks_no_rule_of_access(platform: Platform, width: int, language: str) -> None:
    with opened(platform.url, width=width) as (page, outside):
        page.goto(f"/?lang={language}")
        for path in EVERYBODY:
            check(page, path, outside)


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "zh")])
def test_every_page_of_ones_account_breaks_no_rule_of_access(platform: Platform, width: int, language: str) -> None:
    with opened(platform.url, width=width) as (page, outside):
        page.goto(f"/login?lang={language}")
        enter(page, "wang.fang")
        for path in OWN:
            check(page, path, outside)


@pytest.mark.parametrize("scripts", [True, False])
def test_somebody_registers_and_logs_in(platform: Platform, scripts: bool) -> None:
    username = f"sun.{secrets.token_hex(4)}"
    with opened(platform.url, scripts=scripts) as (page, outside):
        page.goto("/register")
        for field, value in {"username": username, "name": "孙丽君", "mobile": "13853400117"}.items():
            page.fill(f"#{field}", value)
        page.fill("#password", NEW)
        page.fill("#password_confirm", NEW)
        page.check("#accept_terms")
        page.click("text=同意条款，立即注册")
        assert page.title().startswith("错误：")
        assert page.locator("#accept_sensitive-error").inner_text() == "请单独同意对敏感个人信息的处理。"
        assert page.locator("#accept_terms-error").count() == 0
        assert page.input_value("#name") == "孙丽君"
        assert page.input_value("#password") == ""

        page.fill("#email", f"{username}@mail.test")
        page.fill("#research_direction", "储能材料")
        page.fill("#professional_title", "工程师")
        for field in ("talent_type", "highest_education", "highest_degree"):
            page.select_option(f"#{field}", index=1)
        page.fill("#password", NEW)
        page.fill("#password_confirm", NEW)
        page.check("#accept_sensitive")
        page.click("text=同意条款，立即注册")
        assert "注册成功" in page.inner_text("main")
        assert page.input_value("#username") == username

        page.fill("#password", "wrong-password-1")
        page.click("main form .btn-primary")
        assert "用户名或密码不正确" in page.inner_text("#errors")
        page.fill("#password", NEW)
        page.click("main form .btn-primary")
        page.goto("/account")
        assert page.inner_text("#who-title") == "孙丽君"
        assert outside == []


def test_a_certificate_is_added_and_logs_in(platform: Platform) -> None:
    with opened(platform.url.replace("127.0.0.1", "localhost")) as (page, _outside):
        devices = page.context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        enter(page, "office-371481")
        page.goto("/account")
        page.fill("#passkey-name", "办公室电脑")
        page.fill("#passkey-password", PASSWORD)
        page.click("text=添加证书")
        page.wait_for_url("**/account?done=passkey-added")
        assert page.input_value("#passkey-1") == "办公室电脑"

        page.click("text=退出")
        page.goto("/login?by=passkey&next=/account")
        page.click("text=使用证书登录")
        page.wait_for_url("**/account")
        page.on("dialog", lambda dialog: dialog.accept())
        page.click("section[aria-labelledby=passkeys-title] button:has-text('停用')")
        page.wait_for_url("**/login?**")  # what was entered by it has ended


def test_a_page_changes_its_language_in_place(platform: Platform) -> None:
    with opened(platform.url) as (page, _outside):
        page.goto("/announcements?category=policy")
        page.click("text=English")

        assert page.inner_text("h1") == "Announcements"
        assert page.input_value("#category") == "policy"
