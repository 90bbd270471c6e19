"""The page's frame in a real browser: log-in, lock-out, languages, tabs, narrow screens, one host."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from .conftest import Pages
from .serving import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

TABS = {"write": "起草", "check": "核对", "revise": "导出·修订", "ask": "问答", "library": "资料库"}


def fill(page: Page, name: str, password: str) -> None:
    page.fill("#name", name)
    page.fill("#password", password)
    page.click("button.primary")


def test_logs_in_and_out(page_at: Pages) -> None:
    page = page_at(user=None)
    assert page.url.endswith("/login")
    fill(page, "甲", PASSWORD)
    page.wait_for_selector("body.desk-started")
    page.wait_for_selector(".desk-user:not([hidden])")
    assert "甲" in page.inner_text(".desk-user")
    page.click(".desk-user button")
    page.wait_for_url("**/login")
    page.goto("/")
    assert page.url.endswith("/login")


def test_wrong_password_is_told_and_nothing_more(page_at: Pages) -> None:
    page_at.expect_error("400")
    page = page_at(user=None)
    fill(page, "甲", "not the password")
    page.wait_for_selector("#failed:not(:empty)")
    assert "用户名或密码不正确" in page.inner_text("#failed")
    assert page.url.endswith("/login")


def test_locks_after_failures(page_at: Pages) -> None:
    page_at.expect_error("400|429")
    page_at.serving.command("accounts", "add", "锁", "--password-stdin", text=f"{PASSWORD}\n")
    page = page_at(user=None)
    for _ in range(8):
        fill(page, "锁", "not the password")
        page.wait_for_function("!document.querySelector('button.primary').disabled")
        if "次数过多" in page.inner_text("#failed"):
            break
    assert "登录失败次数过多" in page.inner_text("#failed")
    fill(page, "锁", PASSWORD)
    page.wait_for_function("!document.querySelector('button.primary').disabled")
    assert "登录失败次数过多" in page.inner_text("#failed")
    # The wait is over sooner for whoever has the right password on another day; here the count is taken away.
    page_at.serving.command("accounts", "password", "锁", "--password-stdin", text=f"{PASSWORD}\n")


def test_switches_language_and_stays_there(page_at: Pages) -> None:
    page = page_at(path="/#ask")
    page.click(".desk-right a.desk-link")
    page.wait_for_url("**/en/**")
    page.wait_for_selector("body.desk-started")
    assert page.inner_text("h1") == "Report desk"
    assert page.get_attribute("html", "lang") == "en"
    assert page.get_attribute("#tab-ask", "aria-selected") == "true"
    page.click(".desk-right a.desk-link")
    page.wait_for_selector("h1:has-text('公文起草台')")
    assert page.get_attribute("html", "lang") == "zh-CN"


def test_tabs_by_mouse_keyboard_and_address(page_at: Pages) -> None:
    page = page_at()
    for name, title in TABS.items():
        page.click(f"#tab-{name}")
        assert page.inner_text(f"#tab-{name}") == title
        assert page.is_visible(f"#panel-{name}")
        assert sum(page.is_visible(f"#panel-{other}") for other in TABS) == 1
    page.focus("#tab-library")
    page.keyboard.press("Home")
    assert page.get_attribute("#tab-write", "aria-selected") == "true"
    page.keyboard.press("ArrowRight")
    assert page.is_visible("#panel-check")
    page.reload()
    page.wait_for_selector("body.desk-started")
    assert page.is_visible("#panel-check")


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_fits_the_screen(page_at: Pages, width: int) -> None:
    page = page_at(width)
    page.wait_for_selector(".desk-user:not([hidden])")
    for name in TABS:
        page.click(f"#tab-{name}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} wide"
        assert page.is_visible(".model-chip")


def test_model_and_whether_anything_leaves_are_told(page_at: Pages) -> None:
    page = page_at()
    page.wait_for_selector(".model-chip.here")
    assert "数据不出本机" in page.inner_text(".model-chip")


def test_frame_is_accessible(page_at: Pages, accessible: Callable[..., None]) -> None:
    page = page_at()
    page.wait_for_selector(".desk-user:not([hidden])")
    accessible(page, "#desk-head")
    login = page_at(user=None)
    accessible(login)


def test_session_that_ended_is_renewed_in_place(page_at: Pages) -> None:
    page_at.expect_error("401")
    page = page_at(user="乙")
    page.evaluate("document.querySelector('#panel-write').dataset.mine = 'still here'")
    page.context.clear_cookies(name="desk_session")
    page.evaluate("window.asked = window.desk.fetch('/desk/session').catch((e) => e.code)")
    assert page.evaluate("window.asked") == "page.login"
    page.evaluate(
        """
        window.tried = window.desk.call({ask: async () => {
          const answer = await fetch('/desk/session');
          if (!answer.ok) throw new Error('refused');
          return answer.json();
        }}, 'ask')
    """.replace("window.tried =", "void (window.tried =").rstrip()
        + ")"
    )
    page.wait_for_selector("dialog[open] input[name=password]")
    assert page.input_value("dialog input[name=name]") == "乙"
    page.fill("dialog input[name=password]", PASSWORD)
    page.click("dialog button.primary")
    assert page.evaluate("window.tried.then((session) => session.user)") == "乙"
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.querySelector('#panel-write').dataset.mine") == "still here"


def test_spans_count_code_points(page_at: Pages) -> None:
    page = page_at()
    text = "𠮷林省𡈽地5亿元"
    assert page.evaluate("(t) => window.desk.count(t)", text) == len(text)
    for start in range(len(text)):
        for end in range(start, len(text) + 1):
            cut = page.evaluate("([t, s, e]) => window.desk.cut(t, s, e)", [text, start, end])
            assert cut == text[start:end]
    back = page.evaluate(
        "(t) => Array.from({length: 9}, (_, n) => window.desk.points(t, window.desk.units(t, n)))", text
    )
    assert back == list(range(9))


def test_text_never_becomes_markup(page_at: Pages) -> None:
    page = page_at()
    hostile = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>'
    page.evaluate("(t) => window.desk.toast(t, {kind: 'error', hint: t, code: t})", hostile)
    assert hostile in page.inner_text(".toast")
    assert page.locator(".toast img, .toast script").count() == 0
    page.evaluate(
        "(t) => { const box = document.createElement('div'); box.innerHTML = t; document.body.append(box); }",
        hostile,
    )
    page_at.expect_error("Content Security Policy|404")
    assert page.evaluate("window.hit") is None
