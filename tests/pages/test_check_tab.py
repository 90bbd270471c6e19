"""The tab 核对 in a real browser: a draft from elsewhere with its sources, and the tables of what was found."""

from __future__ import annotations

import re
from pathlib import Path

from docx import Document as WordFile
from samples.pictures import drawn, picture

from tests.pages.conftest import Pages
from tests.pages.manuscripts import FACTS, FAULTY, TITLE, card, take_in

PRIOR = """# 云溪县科学技术局2024年工作总结和2025年工作计划
## 一、2024年工作开展情况
科技型中小企业入库141家。技术合同登记额4.73亿元。
## 二、2025年工作计划
有效高新技术企业总量达到90家。技术合同登记额突破5亿元。
"""


def test_uploaded_draft_with_its_sources(page_at: Pages, tmp_path: Path) -> None:
    word = WordFile()
    for line in (TITLE, *FAULTY.splitlines()):
        word.add_paragraph(line)
    draft, facts, prior = tmp_path / "送审稿.docx", tmp_path / "要点.md", tmp_path / "上年总结.md"
    word.save(str(draft))
    facts.write_text(FACTS, encoding="utf-8")
    prior.write_text(PRIOR, encoding="utf-8")

    page = page_at()
    page.click("#tab-check")
    page.wait_for_selector(".ck-intake")
    page.locator(".ck-draft input[type=file]").set_input_files(draft)
    page.wait_for_selector(".ck-chosen:has-text('送审稿.docx')")
    uploads = page.locator(".ck-sources input[type=file]")
    uploads.nth(0).set_input_files(facts)
    page.wait_for_selector(".so-form:has-text('已选：要点.md')")
    uploads.nth(1).set_input_files(prior)
    page.wait_for_selector(".so-list:has-text('上年总结.md')")
    page.uncheck(".so-archive input")
    page.click(".ck-foot .primary")
    page.wait_for_selector(".fi-cards .fi-card")
    assert card(page, "81家").count() == 1

    page.click("#tab-check")
    page.wait_for_selector(".ck-tile")
    page.click("[data-report=outcomes]")
    page.wait_for_selector(".ck-table tr:has-text('高新技术企业')")
    assert "90家" in page.inner_text(".ck-table")
    page.click("[data-report=evidence]")
    page.wait_for_selector(".ck-table td:has-text('163家')")
    page.locator(".ck-link", has_text="163家").first.click()
    page.wait_for_selector("#tab-write[aria-selected=true]")
    chosen = "document.activeElement.value && document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)"
    page.wait_for_function(f"{chosen} === '163家'")


def test_a_long_scan_is_told_page_by_page_and_stopped(page_at: Pages, tmp_path: Path) -> None:
    scan = tmp_path / "送审稿.pdf"
    sheets = [drawn([f"第{n}项，新认定高新技术企业{n}家，同比增长5.9%。"] * 8) for n in range(12)]
    scan.write_bytes(picture(sheets[0], "PDF", sheets[1:]))
    page = page_at()
    page.click("#tab-check")
    page.locator(".ck-draft input[type=file]").set_input_files(scan)
    page.wait_for_selector(".ck-chosen:has-text('送审稿.pdf')")
    page.uncheck(".so-archive input")
    page.click(".ck-foot .primary")
    page.locator(".reading", has_text=re.compile(r"^识别第 \d+/12 页…")).wait_for()
    page.locator(".reading button").click()
    page.wait_for_selector(".ck-intake [role=alert]:has-text('已停止读取“送审稿.pdf”')")
    page.wait_for_selector(".reading", state="detached")
    assert page.locator(".ck-chosen").inner_text().startswith("已选：送审稿.pdf")


def test_findings_list_adopts_all_and_goes_to_the_words(page_at: Pages) -> None:
    page = page_at()
    take_in(page)
    page.click("#tab-check")
    page.wait_for_selector(".ck-body .fi-card")
    page.locator(".ck-body .fi-cards .fi-card", has_text="81家").locator(".fi-message").click()
    page.wait_for_selector("#tab-write[aria-selected=true]")
    page.wait_for_selector(".pa-margin .fi-card.active:has-text('81家')")
    page.click("#tab-check")
    page.get_by_role("button", name="采用全部").click()
    page.wait_for_function("!document.querySelector('.ck-body').textContent.includes('5.6万元')")
    page.get_by_role("button", name="在编辑器里修改").click()
    page.wait_for_function(
        "[...document.querySelectorAll('.ed-text')].some(a => a.value.includes('5.6亿元'))"
    )


def test_rules_are_explained_and_switched(page_at: Pages) -> None:
    page = page_at(user="乙")
    take_in(page)
    page.click("#tab-check")
    page.click("[data-report=rules]")
    rule = page.locator(".ck-rule", has=page.locator("code", has_text="unit.mismatch"))
    rule.locator("summary").click()
    assert len(rule.locator("details p").all()) > 1
    rule.locator("input").uncheck()
    page.click("[data-report=findings]")
    page.wait_for_selector(".ck-body:not([aria-busy])")
    page.click("#tab-write")
    card(page, "单位").wait_for(state="detached")
    page.click("#tab-check")
    page.click("[data-report=rules]")
    page.wait_for_selector(".ck-rule")
    rule.locator("input").check()
    page.click("#tab-write")
    card(page, "单位").wait_for()


def test_what_cannot_be_taken_is_told(page_at: Pages, tmp_path: Path) -> None:
    page_at.expect_error("400|413")
    page = page_at()
    page.click("#tab-check")
    page.wait_for_selector(".ck-intake")
    page.click(".ck-foot .primary")
    page.wait_for_selector(".dk-fault:has-text('请先上传稿件')")
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04 not a Word file")
    page.locator(".ck-draft input[type=file]").set_input_files(broken)
    page.wait_for_selector(".ck-chosen:has-text('坏.docx')")
    page.click(".ck-foot .primary")
    page.wait_for_selector(".dk-fault code:has-text('input.')")
    large = tmp_path / "大.docx"
    large.write_bytes(b"PK" + bytes(3_000_000))
    page.locator(".ck-draft input[type=file]").set_input_files(large)
    page.wait_for_selector(".drop-rows .failed")
    page.get_by_role("button", name="改用粘贴").click()
    page.fill(".ck-text", "只有6名。")
    page.fill(".ck-sources textarea", "# 只有标题")
    page.click(".ck-foot .primary")
    page.wait_for_selector(".dk-fault code:has-text('input.facts')")
    assert page.input_value(".ck-text") == "只有6名。"
