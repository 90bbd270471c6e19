"""The tab “library” in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .conftest import Pages

if TYPE_CHECKING:
    from playwright.sync_api import Page

REPORT = """龙溪乡{name}办2024年工作总结和2025年工作计划

一、2024年工作开展情况
（一）聚焦创新要素。有效高新技术企业总量达{firms}家，{canary}。
二、2025年工作计划
有效高新技术企业总量达到90家。
"""


@pytest.fixture
def page(page_at: Pages) -> Page:
    """The tab, once the sample archive is there."""
    return opened(page_at)


def opened(page_at: Pages, width: int = 1280, user: str = "甲") -> Page:
    page = page_at(width, user=user, path="/#library")
    page.wait_for_function("document.querySelectorAll('.lib-table tbody tr').length >= 20", timeout=60_000)
    return page


def report(folder: Path, name: str, firms: int = 68, canary: str = "开了会") -> Path:
    path = folder / f"{name}2024.txt"
    path.write_text(REPORT.format(name=name, firms=firms, canary=canary), "utf-8")
    return path


def take(page: Page, *paths: Path) -> str:
    """Upload and wait for the job's end; its rows as text."""
    page.set_input_files(".library desk-drop input", [str(path) for path in paths])
    job = page.locator(".lib-job").last
    job.locator("button:has-text('知道了')").wait_for(timeout=60_000)
    return str(job.inner_text())


def ask(page: Page, question: str) -> str:
    page.click("#tab-ask")
    page.wait_for_selector(".suggestions button, .turn")
    page.click(".ask-new")
    page.fill(".ask-box", question)
    page.press(".ask-box", "Enter")
    page.wait_for_selector(".turn .answer-foot")
    return str(page.inner_text(".turn .answer"))


def test_uploaded_then_searchable_then_cited(page: Page, tmp_path: Path) -> None:
    told = take(page, report(tmp_path, "科技", canary="白鹭洲孵化器揭牌"))
    assert "可检索 ✓" in told
    page.fill(".lib-query", "白鹭洲孵化器")
    page.press(".lib-query", "Enter")
    page.wait_for_selector(".lib-hits mark")
    assert "白鹭洲" in page.inner_text(".lib-hits li:first-child")
    page.click(".lib-hits li:first-child button")
    page.wait_for_selector(".library .source mark")
    answer = ask(page, "龙溪乡科技办2024年高新技术企业多少家")
    assert "68家" in answer
    page.click(".turn .cite")
    page.wait_for_selector(".ask .source mark")
    assert "龙溪乡科技办" in page.inner_text(".ask .source h2")


def test_deleted_with_a_count_confirmed_and_undone(page: Page, tmp_path: Path) -> None:
    take(page, report(tmp_path, "删除甲"), report(tmp_path, "删除乙"))
    page.fill(".lib-narrow", "删除")
    page.wait_for_function("document.querySelectorAll('.lib-table tbody tr').length === 2")
    page.check(".lib-table thead input")
    page.click(".lib-tools .danger-text")
    assert "2 份" in page.inner_text("dialog h2")
    page.click("dialog button:has-text('取消')")
    assert page.locator(".lib-table tbody tr").count() == 2
    page.click(".lib-tools .danger-text")
    page.click("dialog button.danger")
    page.wait_for_selector(".toast.done:has-text('已删除 2 份')")
    page.wait_for_selector(".lib-none")
    page.click(".toast button:has-text('撤销')")
    page.wait_for_function("document.querySelectorAll('.lib-table tbody tr').length === 2")


def test_metadata_is_shown_with_its_origin_and_corrected(page: Page, tmp_path: Path) -> None:
    take(page, report(tmp_path, "更正"))
    page.click(".lib-table button.link:has-text('龙溪乡更正办')")
    page.click(".lib-correct summary")
    assert "自动识别自" in page.inner_text(".lib-correct")
    page.fill(".lib-correct input[id$=-year]", "2023")
    page.fill(".lib-correct input[id$=-organisation]", "龙溪乡人民政府")
    page.click(".lib-correct button.primary")
    page.wait_for_selector(".toast.done:has-text('已更正')")
    row = page.locator(".lib-table tr:has-text('龙溪乡更正办')")
    row.locator("td.col-organisation:has-text('龙溪乡人民政府')").wait_for()
    assert row.locator("td.col-year").inner_text() == "2023"
    page.click(".lib-correct summary")
    assert "人工更正" in page.inner_text(".lib-correct")


def test_a_document_is_read_by_its_headings(page: Page, accessible: Callable[..., None]) -> None:
    page.click(".lib-table button.link:has-text('云溪县科学技术局2024年')")
    page.wait_for_selector(".reader .doc")
    page.click(".lib-contents summary")
    page.locator(".lib-contents li button").nth(5).click()
    page.wait_for_selector(".doc .reached")
    accessible(page, "#panel-library")
    page.keyboard.press("Escape")
    assert page.locator(".reader").is_hidden()


def test_an_indicator_over_the_years(page: Page, accessible: Callable[..., None]) -> None:
    page.click("[data-view=indicator]")
    page.click(".lib-known button:has-text('高新技术企业')")
    page.wait_for_selector(".library .chart-point")
    shapes = {"actual", "plan"}
    found = page.evaluate(
        "[...document.querySelectorAll('.library .chart-point')].map((one) => one.dataset.status)"
    )
    assert shapes <= set(found)
    page.locator(".library .chart-point[data-status=plan]").first.click()
    page.wait_for_selector(".library .source mark")
    assert "计划" in page.inner_text(".library .source:not(.reader)")
    accessible(page, "#panel-library")
    page.click(".library .source-close")
    with page.expect_download() as download:
        page.click("button:has-text('导出 CSV')")
    assert download.value.suggested_filename == "高新技术企业.csv"
    assert download.value.path().read_text("utf-8-sig").startswith("指标,")
    page.fill("#lib-name", "没有这个指标")
    page.click(".lib-ask button")
    page.wait_for_selector(".lib-result .lib-empty")


def test_files_that_cannot_be_used_are_told_in_chinese(page_at: Pages, tmp_path: Path) -> None:
    page_at.expect_error("4\\d\\d")
    page = opened(page_at)
    wrong, large, empty = tmp_path / "程序.exe", tmp_path / "太大.txt", tmp_path / "空.txt"
    wrong.write_bytes(b"MZ")
    large.write_bytes("云".encode() * 1_000_000)
    empty.write_bytes(b"")
    page.set_input_files(".library desk-drop input", [str(wrong), str(large), str(empty)])
    page.wait_for_function("document.querySelectorAll('.library .drop-rows .failed').length === 3")
    told = page.inner_text(".library .drop-rows")
    assert "不支持" in told
    assert "MB" in told
    broken, locked = tmp_path / "损坏.docx", tmp_path / "加密.docx"
    broken.write_bytes(b"PK\x03\x04 broken")
    locked.write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    rows = take(page, broken, locked)
    assert rows.count("! ") == 2
    assert "已加密" in rows
    assert "/" not in rows.replace("0/1", "")
    page.wait_for_selector(".lib-failed summary:has-text('没有收入')")


def test_hostile_names_and_contents_are_text(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "<img src=x onerror=window.hacked=1>\u202etxt.txt"
    path.write_text(
        "龙溪<script>window.hacked=1</script>局2024年工作总结\n\n"
        "<img src=x onerror=window.hacked=1>{{value}}${value}，高新技术企业7家。[点我](javascript:window.hacked=1)\n",
        "utf-8",
    )
    take(page, path)
    page.fill(".lib-query", "点我 高新技术企业7家")
    page.press(".lib-query", "Enter")
    page.wait_for_selector(".lib-hits li:has-text('点我')")
    page.click(".lib-hits li:has-text('点我') button")
    page.wait_for_selector(".library .source mark")
    page.click(".library .source-actions button")
    page.wait_for_selector(".reader .doc:has-text('${value}')")
    assert page.evaluate("window.hacked") is None
    assert page.locator(".library img, .library script, .library a[href^=javascript]").count() == 0


def test_another_user_does_not_see_it(page_at: Pages, tmp_path: Path) -> None:
    mine = opened(page_at)
    take(mine, report(tmp_path, "机密", canary="紫竹湾计划"))
    theirs = opened(page_at, user="乙")
    assert theirs.locator(".lib-table tr:has-text('龙溪乡机密办')").count() == 0
    theirs.fill(".lib-query", "紫竹湾计划")
    theirs.press(".lib-query", "Enter")
    theirs.wait_for_selector(".lib-hits h3")
    assert "紫竹湾" not in theirs.inner_text(".lib-hits")


def test_a_job_is_found_again_after_a_reload(page: Page, tmp_path: Path) -> None:
    paths = [report(tmp_path, f"批次{number}") for number in range(12)]
    page.set_input_files(".library desk-drop input", [str(path) for path in paths])
    page.wait_for_selector(".lib-job")
    page.reload()
    page.wait_for_function(
        "[...document.querySelectorAll('.lib-table tbody tr')].filter((one) => one.innerText.includes('批次')).length === 12",
        timeout=60_000,
    )


def test_narrow(page_at: Pages, accessible: Callable[..., None]) -> None:
    page = opened(page_at, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    accessible(page, "#panel-library")
    page.locator(".lib-table button.link").first.click()
    page.wait_for_selector(".reader .doc")
    box = page.locator(".reader").bounding_box()
    assert box is not None
    assert box["width"] == 390
