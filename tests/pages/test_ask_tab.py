"""The tab “ask” in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from .conftest import Pages
from .serving import Serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUESTION = "云溪县2024年高新技术企业多少家，比2023年增加多少？"
SERIES = "云溪县科学技术局历年高新技术企业的变化"


@pytest.fixture
def page(page_at: Pages) -> Page:
    """The tab, once the sample archive is there."""
    return opened(page_at)


def opened(page_at: Pages, width: int = 1280, user: str = "甲") -> Page:
    page = page_at(width, user=user, path="/#ask")
    page.wait_for_selector(".suggestions button, .turn", timeout=60_000)
    return page


def ask(page: Page, question: str) -> None:
    """Ask and wait for the whole answer."""
    before = page.locator(".turn").count()
    page.fill(".ask-box", question)
    page.press(".ask-box", "Enter")
    page.wait_for_function(
        f"document.querySelectorAll('.turn').length > {before} && document.querySelector('.turn:last-child .answer-foot')"
    )


def test_a_citation_opens_the_quoted_words_in_their_context(
    page: Page, accessible: Callable[..., None]
) -> None:
    ask(page, QUESTION)
    answer = page.locator(".turn:last-child .answer")
    assert "73−61=12" in answer.inner_text()
    assert "由规则直接回答" in answer.inner_text()
    page.click(".ask-title")
    assert answer.locator(".sources[open] .source-row").count() == 2
    answer.locator(".cite").first.click()
    page.wait_for_selector(".ask .source mark")
    assert "73家" in page.inner_text(".ask .source mark")
    assert "云溪县科学技术局2024年工作总结" in page.inner_text(".ask .source h2")
    assert "企业创新主体地位" in page.inner_text(".ask .source-path")
    before = len(page.inner_text(".ask .source-text"))
    page.click("[data-side=earlier]")
    page.wait_for_function(f"document.querySelector('.ask .source-text').innerText.length > {before}")
    assert "73家" in page.inner_text(".ask .source mark")
    accessible(page, "#panel-ask")
    page.keyboard.press("Escape")
    assert page.locator(".ask .source").is_hidden()
    assert page.evaluate("document.activeElement.className") == "cite"


def test_a_point_of_a_series_opens_its_source_by_keyboard(page: Page) -> None:
    ask(page, SERIES)
    points = page.locator(".turn:last-child .chart-point")
    target = page.locator(".turn:last-child .chart-point[data-status=plan]").first
    assert points.count() > target.count()
    assert "目标" in (target.get_attribute("aria-label") or "")
    target.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".ask .source mark")
    assert page.locator(".turn:last-child .series-table tbody tr").count() >= points.count()


def test_a_scope_is_used_shown_and_kept(page: Page) -> None:
    page.click(".ask-new")
    page.click(".scope-picker[data-name=years] summary")
    page.click(".scope-picker[data-name=years] label:has-text('2023年')")
    page.click(".ask-title")
    assert page.locator(".scope-chip").inner_text().startswith("2023年")
    ask(page, "云溪县高新技术企业多少家")
    assert "范围：2023年" in page.inner_text(".turn:last-child .question")
    assert "61家" in page.inner_text(".turn:last-child .answer")
    page.reload()
    page.wait_for_selector(".turn .answer-foot")
    assert page.locator(".scope-chip").inner_text().startswith("2023年")


def test_a_reload_keeps_conversation_and_unsent_question(page: Page) -> None:
    page.click(".ask-new")
    ask(page, QUESTION)
    page.fill(".ask-box", "还没有问的话")
    page.reload()
    page.wait_for_selector(".turn .answer-foot")
    assert page.locator(".turn").count() == 1
    assert page.input_value(".ask-box") == "还没有问的话"
    ask(page, "那去年呢？")
    assert "理解为" in page.inner_text(".turn:last-child .answer")


def test_nothing_found_shows_the_nearest_passages(page: Page) -> None:
    page.click(".ask-new")
    ask(page, "海东省2024年高新技术企业多少家")
    assert "资料库中没有找到" in page.inner_text(".turn:last-child .declined")
    page.locator(".turn:last-child .nearest .source-row").first.click()
    page.wait_for_selector(".ask .source .source-text")


def test_conversations_are_renamed_exported_and_deleted(page: Page) -> None:
    page.click(".ask-new")
    ask(page, QUESTION)
    row = page.locator(".ask-conversations li.current")
    row.locator("summary").click()
    row.get_by_role("button", name="重命名").click()
    page.fill(".ask-rename input", "高企数量")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ask-conversations li.current strong:has-text('高企数量')")
    row.locator("summary").click()
    with page.expect_download() as download:
        row.get_by_role("button", name="导出 Markdown").click()
    assert download.value.suggested_filename == "高企数量.md"
    assert "73家" in download.value.path().read_text("utf-8")
    row.locator("summary").click()
    row.get_by_role("button", name="删除").click()
    page.click("dialog button.danger")
    page.wait_for_selector(".ask-conversations li:has-text('高企数量')", state="detached")
    page.wait_for_selector(".suggestions button")


def test_an_answer_goes_into_the_draft(page: Page) -> None:
    page.click(".ask-new")
    ask(page, QUESTION)
    page.locator(".turn:last-child .answer-foot button:has-text('插入初稿')").click()
    page.wait_for_selector(".toast:has-text('还没有打开初稿')")
    told = page.evaluate(
        "new Promise((resolve) => { window.desk.current.draft = 'x'; window.desk.on('insert', resolve);"
        " document.querySelector('.turn:last-child .statement-insert').click(); })"
    )
    assert "73家" in told["text"]
    assert "73家" in told["citation"]["quote"]
    assert told["citation"]["document_id"]


def test_an_answer_stands_in_the_open_draft(page_at: Pages) -> None:
    page = page_at(path="/#write")
    page.click("[data-way=sample]")
    page.click("button:has-text('就用这些')")
    page.wait_for_function("window.desk.current.draft")
    page.click("#tab-ask")
    page.wait_for_selector(".suggestions button, .turn", timeout=60_000)
    page.click(".ask-new")
    ask(page, QUESTION)
    page.locator(".turn:last-child .statement-insert").first.click()
    page.wait_for_selector(".toast.done:has-text('已插入')")
    assert "73家" in page.inner_text("#panel-write")


def test_a_bad_question_is_told_and_stays(page: Page) -> None:
    page.click(".ask-new")
    page.evaluate("document.querySelector('.ask-box').removeAttribute('maxlength')")
    page.fill(".ask-box", "问" * 5000)
    page.press(".ask-box", "Enter")
    page.wait_for_selector(".toast.error:has-text('2000')")
    assert len(page.input_value(".ask-box")) == 5000
    page.fill(".ask-box", "")


def test_two_users_do_not_see_each_others_conversations(page_at: Pages) -> None:
    mine = opened(page_at)
    mine.click(".ask-new")
    ask(mine, "江临区2024年技术合同登记额多少")
    theirs = opened(page_at, user="乙")
    assert theirs.locator(".ask-conversations li:has-text('江临区2024年技术合同登记额')").count() == 0


def test_narrow_one_column_with_a_sheet(page_at: Pages, accessible: Callable[..., None]) -> None:
    page = opened(page_at, width=390)
    page.click(".ask-drawer")
    page.click(".ask-new")
    ask(page, SERIES)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".turn:last-child .cite").first.click()
    page.wait_for_selector(".ask .source mark")
    box = page.locator(".ask .source").bounding_box()
    assert box is not None
    assert box["width"] == 390
    assert box["y"] > 100
    accessible(page, "#panel-ask")


def test_english(page_at: Pages) -> None:
    page = page_at(path="/#ask", language="en")
    page.wait_for_selector(".suggestions button, .turn", timeout=60_000)
    page.click(".ask-new")
    ask(page, "How many high-tech enterprises did 云溪县 have in 2024?")
    answer = page.inner_text(".turn:last-child .answer")
    assert "73家" in answer
    assert "Answered by rules" in answer


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server whose archive is empty and whose model is slow."""
    from .conftest import chromium

    if not chromium():
        pytest.skip("no Chromium on this machine; on Debian: apt install chromium fonts-noto-cjk")
    server = Serving(tmp_path_factory.mktemp("slow"), users=(), delay=0.4, samples=False)
    server.start()
    yield server
    server.stop()


def test_an_empty_archive_says_the_next_step_and_a_slow_answer_is_stopped(
    browser: object, slow: Serving, tmp_path: object
) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    pages = Pages(browser, slow, tmp_path)  # type: ignore[arg-type]
    page = pages(path="/#ask")
    page.wait_for_selector(".ask-empty h3:has-text('资料库还是空的')")
    page.click(".ask-empty button")
    page.wait_for_selector("#panel-library.shown .lib-empty")
    report = tmp_path / "竹产业.txt"
    report.write_text(
        "云溪县科学技术局2024年工作总结\n\n竹产业中试基地完成主体工程，组建了院士工作站2个。\n", "utf-8"
    )
    page.set_input_files(".library desk-drop input", str(report))
    page.wait_for_selector(".lib-job .done:has-text('可检索 ✓')")
    page.click("#tab-ask")
    page.wait_for_selector(".suggestions, .ask-empty p")
    page.fill(".ask-box", "竹产业中试基地进展怎么样")
    page.press(".ask-box", "Enter")
    page.wait_for_selector(".ask-working")
    page.reload()
    page.wait_for_selector(".turn .ask-working")
    page.click(".ask-stop")
    page.wait_for_selector(".turn .incomplete")
    assert re.search("停止", page.inner_text(".turn"))
    pages.close()
