"""The page in English: what the program says of a draft is English, words of the draft and its sources stay Chinese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.pages.conftest import Pages
from tests.pages.manuscripts import take_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
_CHINESE = re.compile("[\u4e00-\u9fff]")


def assert_english(page: Page, selector: str, least: int = 1) -> None:
    """At least so many texts at `selector`, and none has Chinese outside quotes."""
    texts = [text for text in page.locator(selector).all_inner_texts() if text]
    assert len(texts) >= least
    assert [text for text in texts if _CHINESE.search(_QUOTED.sub("", text))] == []


def test_findings_rules_and_revisions(page_at: Pages) -> None:
    page = page_at(language="en")
    take_in(page)
    assert_english(page, ".fi-card .fi-message", 2)
    assert_english(page, ".fi-card .fi-rule", 2)
    page.click("#tab-check")
    page.wait_for_selector(".ck-body .fi-card")
    assert_english(page, ".ck-body .fi-message", 2)
    page.click("[data-report=evidence]")
    page.wait_for_selector(".ck-table td")
    assert "differs from its source" in page.inner_text(".ck-table")
    page.click("[data-report=rules]")
    page.wait_for_selector(".ck-rule")
    assert_english(page, ".ck-rule summary strong, .ck-rule strong", 30)
    page.click("[data-report=findings]")
    page.get_by_role("button", name="Adopt all").click()
    page.wait_for_function("!document.querySelector('.ck-body').textContent.includes('the unit differs')")
    page.click("#tab-revise")
    page.wait_for_selector("text=All fixes adopted")


def test_the_same_draft_in_chinese(page_at: Pages) -> None:
    """A draft that was taken in on the English page tells its findings in Chinese on the Chinese one."""
    page = page_at(language="en")
    take_in(page)
    address = page.url.replace("/en/", "/")
    page.goto(address)
    page.wait_for_selector(".fi-cards .fi-card")
    assert "单位不一致" in page.inner_text(".fi-cards")
