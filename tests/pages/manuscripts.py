"""A small set of facts, a draft with known faults, and the steps that bring them into a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

FACTS = """---
title: 云溪县科学技术局2025年工作总结
organisation: 云溪县科学技术局
year: 2025
genre: annual-summary
---
# 一、聚焦创新主体
- 新认定高新技术企业18家，有效高新技术企业总量达86家
- 入库科技型中小企业163家，同比增长15.6%
# 二、聚焦成果转化
- 技术合同登记额5.6亿元，同比增长18.4%
- 组织企业参加创新创业大赛，xx家企业入围决赛
# 三、存在问题
- 中试基地专职运营人员只有6名
"""
TITLE = "云溪县科学技术局2025年工作总结"
FAULTY = """一、聚焦创新主体
新认定高新技术企业81家，有效高新技术企业总量达86家。入库科技型中小企业163家，同比增长15.6%。
二、聚焦成果转化
𠮷田镇技术合同登记额5.6万元，同比增长18.4%。
三、存在问题
中试基地专职运营人员只有6名。
"""


def take_in(page: Page, text: str = FAULTY, facts: str = FACTS, title: str = TITLE) -> None:
    """Through the form of 核对 into the editor, without the archive; until the findings are there."""
    page.click("#tab-check")
    if "/" in page.url.partition("#")[2]:  # a draft is open: its findings are shown first
        page.locator(".ck-actions button").first.click()
    page.fill(".ck-draft input.dk-field", title)
    page.fill(".ck-text", text)
    page.fill(".ck-sources textarea", facts)
    page.uncheck(".so-archive input")
    page.click(".ck-foot .primary")
    page.wait_for_selector(".pa-paper")
    page.wait_for_selector(
        ".fi-cards :is(.fi-card, .fi-none:not(.fi-waiting)), .fi-group:not([hidden])", state="attached"
    )


def begin(page: Page, facts: str = FACTS) -> None:
    """Facts into a new draft; until its outline is there."""
    page.wait_for_selector(".ho-way")
    page.click("[data-way=facts]")
    page.fill(".ma-area", facts)
    page.wait_for_selector(".ma-table")
    page.click(".ma-foot .primary")
    page.wait_for_selector(".ol-row")


def section(page: Page, heading: str) -> Locator:
    """The section of the paper with that heading."""
    for one in page.locator(".ed-section").all():
        if one.locator(".ed-heading").input_value() == heading:
            return one
    raise AssertionError(f"no section {heading}")


def text_of(page: Page, heading: str) -> Locator:
    """Its textarea."""
    return section(page, heading).locator(".ed-text")


def saved(page: Page) -> None:
    """Wait until nothing is left to save."""
    page.wait_for_selector(".db-state[data-state=saved]")


def card(page: Page, words: str) -> Locator:
    """The cards beside the text that hold these words."""
    return page.locator(".fi-cards .fi-card", has_text=words)


def move_caret(area: Locator, position: int) -> None:
    """Put the cursor into a textarea, as a click would."""
    area.focus()
    area.evaluate("(node, at) => node.setSelectionRange(at, at)", position)
    area.dispatch_event("click")
