"""The tab 修订·导出 in a real browser: two versions compared, one brought back, four kinds of files."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from docx import Document as WordFile

from tests.pages.conftest import Pages
from tests.pages.manuscripts import saved, take_in, text_of

THIRD = "三、存在问题"


def test_compare_and_restore(page_at: Pages) -> None:
    page = page_at()
    take_in(page)
    text_of(page, THIRD).fill("中试基地专职运营人员只有7名，缺口大。")
    saved(page)
    page.click("#tab-revise")
    page.wait_for_selector(".rv-diff ins")
    assert page.locator(".rv-row").count() == 2
    gone = page.locator(".rv-text del").all_inner_texts()
    new = page.locator(".rv-text ins").all_inner_texts()
    assert "6" in "".join(gone)
    assert "7" in "".join(new)
    assert "缺口大" in "".join(new)
    page.get_by_role("button", name="恢复到第").click()
    page.locator("dialog button.primary").click()
    page.wait_for_selector(".toast:has-text('已恢复')")
    page.wait_for_function("document.querySelectorAll('.rv-row').length === 3")
    page.click("#tab-write")
    page.wait_for_function(
        "[...document.querySelectorAll('.ed-text')].at(-1).value === '中试基地专职运营人员只有6名。'"
    )


def test_four_kinds_of_files(page_at: Pages, tmp_path: Path) -> None:
    page = page_at()
    take_in(page)
    page.click("#tab-revise")
    page.wait_for_selector(".rv-way")
    files = {}
    for kind in ("docx", "docx-comments", "md", "evidence"):
        with page.expect_download() as download:
            page.click(f"[data-format={kind}]")
        files[kind] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[kind])
    assert any("81家" in one.text for one in WordFile(str(files["docx"])).paragraphs)
    with ZipFile(files["docx-comments"]) as word:
        assert "81家" in word.read("word/comments.xml").decode("utf-8")
    assert "# " in files["md"].read_text(encoding="utf-8")
    assert files["evidence"].suffix == ".xlsx"


def test_without_a_draft_the_next_step_is_told(page_at: Pages) -> None:
    page = page_at()
    page.click("#tab-revise")
    page.get_by_role("button", name="去选稿件").click()
    page.wait_for_selector(".ho-way")
