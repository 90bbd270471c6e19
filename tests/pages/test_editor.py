"""The editor in a real browser: from facts to a Word file, editing with findings, and everything that can go wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document as WordFile

from tests.pages.conftest import Pages
from tests.pages.manuscripts import FACTS, begin, card, move_caret, saved, section, take_in, text_of
from tests.pages.serving import PASSWORD, USERS

if TYPE_CHECKING:
    from playwright.sync_api import Page

FIRST, SECOND, THIRD = "一、聚焦创新主体", "二、聚焦成果转化", "三、存在问题"


def test_from_pasted_facts_to_a_word_file(page_at: Pages, tmp_path: Path) -> None:
    page = page_at()
    page.wait_for_selector(".ho-way")
    page.click("[data-way=facts]")
    page.fill(".ma-area", FACTS)
    readings = page.locator(".ma-readings").first
    readings.wait_for()
    assert "高新技术企业" in readings.inner_text()
    assert page.locator(".ma-figure.masked").inner_text() == "xx家"
    page.click(".ma-foot .primary")
    page.wait_for_selector(".ol-row")
    rows = page.locator(".ol-row .ol-heading")
    assert [row.input_value() for row in rows.all()] == [FIRST, SECOND, THIRD]

    rows.nth(2).focus()
    page.keyboard.press("Alt+ArrowUp")
    page.locator(".ol-row .ol-heading").nth(1).fill("二、问题和困难")
    page.locator(".ol-row .ol-target input").nth(0).fill("120")
    page.wait_for_function("document.querySelector('.ol-state').textContent.startsWith('已保存')")
    page.click(".ol-foot .primary")
    page.click(".db-right .primary")
    page.wait_for_selector(".db-job[data-state=done]")
    page.wait_for_function("[...document.querySelectorAll('.ed-text')].at(-1).value.includes('5.6亿元')")
    assert "/ 120 字" in section(page, FIRST).locator(".ed-count").inner_text()

    area = text_of(page, "二、问题和困难")
    area.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("明年着力破解。")
    saved(page)
    page.click(".db-right .soft")
    with page.expect_download() as download:
        page.click("[data-format=docx]")
    target = tmp_path / download.value.suggested_filename
    download.value.save_as(target)
    assert target.name == "云溪县科学技术局2025年工作总结.docx"
    lines = [paragraph.text for paragraph in WordFile(str(target)).paragraphs]
    assert lines.index("二、问题和困难") < lines.index(SECOND)
    assert any(line.endswith("明年着力破解。") for line in lines)
    assert "5.6亿元" in "".join(lines)


def test_template_downloaded_and_uploaded(page_at: Pages, tmp_path: Path) -> None:
    page = page_at()
    page.wait_for_selector(".ho-way")
    page.click("[data-way=facts]")
    with page.expect_download() as download:
        page.get_by_role("button", name=".xlsx", exact=True).click()
    template = tmp_path / download.value.suggested_filename
    download.value.save_as(template)
    page.locator(".ma-give input[type=file]").set_input_files(template)
    page.wait_for_selector(".ma-table tbody td.ma-fact")
    assert page.input_value(".ma-area")
    page.fill(".ma-area", "没有一条要点")
    page.fill(".ma-area", "# 只有标题")
    page.wait_for_selector(".ma-result .dk-fault code:has-text('input.facts')")
    assert page.locator(".ma-foot .primary").is_disabled()


def test_edit_adopt_ignore_and_undo(page_at: Pages) -> None:
    page = page_at()
    take_in(page)
    assert card(page, "81家").count() == 1
    area = text_of(page, FIRST)
    area.fill(area.input_value().replace("81家", "18家"))
    card(page, "81家").wait_for(state="detached")
    saved(page)

    unit = card(page, "5.6万元")
    unit.click()
    assert "5.6亿元" in unit.locator(".fi-fix").inner_text()
    assert unit.locator(".fi-evidence").count() == 1
    unit.get_by_role("button", name="采用").click()
    unit.wait_for(state="detached")
    assert text_of(page, SECOND).input_value() == "𠮷田镇技术合同登记额5.6亿元，同比增长18.4%。"

    page.get_by_role("button", name="撤销", exact=True).first.click()
    card(page, "5.6万元").wait_for()
    card(page, "5.6万元").click()
    card(page, "5.6万元").get_by_role("button", name="忽略此处").click()
    card(page, "5.6万元").wait_for(state="detached")
    area = text_of(page, SECOND)
    area.fill(area.input_value() + "另行部署。")
    saved(page)
    page.reload()
    page.wait_for_selector(".fi-chip:has-text('已忽略 1')")
    assert card(page, "5.6万元").count() == 0
    assert text_of(page, SECOND).input_value().endswith("另行部署。")
    assert text_of(page, FIRST).input_value().startswith("新认定高新技术企业18家")


def test_marks_stand_under_their_words(page_at: Pages) -> None:
    page = page_at()
    take_in(page)
    marked = text_of(page, SECOND).evaluate(
        "area => [...area.parentElement.querySelectorAll('.m-error')].map(node => node.textContent)"
    )
    assert marked == ["5.6万元"]  # a letter outside the basic plane stands before it
    area = text_of(page, FIRST)
    area.fill("长" * 500 + "\n\n末行 \n" + "A b，" * 40 + "\n")
    saved(page)
    heights = area.evaluate(
        "area => [area.scrollHeight, area.clientHeight, area.parentElement.querySelector('.ed-sheet').scrollHeight]"
    )
    assert len(set(heights)) == 1


def test_findings_by_keyboard(page_at: Pages) -> None:
    page = page_at()
    take_in(page)
    text_of(page, FIRST).focus()
    page.keyboard.press("Alt+ArrowDown")
    chosen = "document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)"
    assert page.evaluate(chosen) == "81家"
    page.keyboard.press("Alt+ArrowDown")
    assert page.evaluate(chosen) != "81家"
    page.keyboard.press("Alt+ArrowUp")
    assert page.evaluate(chosen) == "81家"
    active = page.locator(".fi-card.active")
    active.focus()
    page.keyboard.press("Enter")
    assert page.evaluate(chosen) == "81家"
    page.click("[data-chip=error]")
    assert card(page, "81家").count() == 0
    page.click("[data-chip=error]")
    assert card(page, "81家").count() == 1


def test_basis_of_the_sentence_and_lock(page_at: Pages) -> None:
    page = page_at()
    take_in(page)
    page.click("#mg-basis")
    area = text_of(page, FIRST)
    move_caret(area, area.input_value().index("入库"))
    page.wait_for_selector(".ba-panel .ba-figure")
    told = page.inner_text(".ba-panel")
    assert "163家" in told
    assert "81家" not in told
    page.get_by_role("button", name="锁定这句").click()
    page.wait_for_selector(".m-locked")
    before = area.input_value()
    move_caret(area, before.index("入库") + 3)
    page.keyboard.type("新")
    page.wait_for_selector(".toast:has-text('已锁定')")
    assert area.input_value() == before
    page.get_by_role("button", name="解除锁定").click()
    page.wait_for_selector(".m-locked", state="detached")
    move_caret(area, before.index("入库") + 3)
    page.keyboard.type("新")
    saved(page)
    assert area.input_value() != before


def test_ime_composition_is_left_alone(page_at: Pages) -> None:
    page = page_at()
    take_in(page)
    area = text_of(page, THIRD)
    area.focus()
    page.keyboard.press("Control+End")
    before = area.input_value()
    keys = page.context.new_cdp_session(page)
    keys.send("Input.imeSetComposition", {"text": "jia", "selectionStart": 3, "selectionEnd": 3})
    page.wait_for_timeout(500)  # longer than the pause before a save
    assert area.input_value() == before + "jia"
    assert page.get_attribute(".db-state", "data-state") == "saved"
    keys.send("Input.imeSetComposition", {"text": "加", "selectionStart": 1, "selectionEnd": 1})
    keys.send("Input.insertText", {"text": "加强"})
    page.wait_for_selector(".db-state:not([data-state=saved])")
    saved(page)
    assert area.input_value() == before + "加强"
    page.keyboard.press("Control+z")
    saved(page)
    assert area.input_value() == before


def test_two_windows_one_place(page_at: Pages) -> None:
    mine = page_at()
    take_in(mine)
    theirs = mine.context.new_page()
    theirs.goto(mine.url)
    theirs.wait_for_selector(".fi-cards .fi-card")
    text_of(theirs, THIRD).fill("另一个窗口写的。")
    saved(theirs)
    other = text_of(mine, FIRST)
    other.fill(other.input_value() + "互不影响。")
    saved(mine)
    assert text_of(mine, THIRD).input_value() == "另一个窗口写的。"

    text_of(theirs, THIRD).fill("另一个窗口又写的。")
    saved(theirs)
    text_of(mine, THIRD).fill("本页写的。")
    dialog = mine.locator("dialog.desk-dialog")
    dialog.wait_for()
    assert "本页写的。" in dialog.inner_text()
    assert "另一个窗口又写的。" in dialog.inner_text()
    dialog.get_by_role("button", name="用本页的").click()
    saved(mine)
    assert text_of(mine, THIRD).input_value() == "本页写的。"
    mine.click("#tab-revise")
    mine.wait_for_selector(".rv-row strong:has-text('冲突')")
    theirs.reload()
    theirs.wait_for_selector(".fi-cards .fi-card")
    assert text_of(theirs, THIRD).input_value() == "本页写的。"


def test_text_survives_a_broken_connection_and_a_reload(page_at: Pages) -> None:
    page_at.expect_error("ERR_INTERNET_DISCONNECTED|Failed to fetch")
    page = page_at()
    take_in(page)
    page.context.set_offline(True)
    text_of(page, THIRD).fill("断网时写的。")
    page.wait_for_selector(".db-state[data-state=offline]")
    assert "文字留在本页" in page.inner_text(".db-state")
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.set_offline(False)
    saved(page)
    page.context.set_offline(True)
    text_of(page, THIRD).fill("又断网时写的。")
    page.wait_for_selector(".db-state[data-state=offline]")
    address = page.url
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(address)
    page.wait_for_selector(".fi-cards .fi-card")
    saved(page)
    assert text_of(page, THIRD).input_value() == "又断网时写的。"


def test_text_survives_the_end_of_the_session(page_at: Pages) -> None:
    page_at.expect_error("401|Failed to fetch|Unexpected token|303|JSON")
    page = page_at()
    take_in(page)
    page.context.clear_cookies()
    text_of(page, THIRD).fill("登录过期时写的。")
    dialog = page.locator("dialog.desk-dialog")
    dialog.wait_for()
    page.fill("#login-again-name", USERS[0])
    page.fill("#login-again-password", PASSWORD)
    dialog.locator("button.primary").click()
    saved(page)
    assert text_of(page, THIRD).input_value() == "登录过期时写的。"


def test_hostile_contents_are_only_text(page_at: Pages) -> None:
    page = page_at()
    evil = '<img src=x onerror="window.caught=1"><script>window.caught=1</script>${window.caught=1}{{caught}}'
    take_in(page, text=f"一、{evil}\n{evil}81家。\n", facts=FACTS + f"- {evil}9家\n", title=evil)
    page.click("#tab-check")
    page.wait_for_selector(".ck-tabs")
    for report in ("findings", "evidence", "outcomes", "sources", "rules"):
        page.click(f"[data-report={report}]")
        page.wait_for_selector(".ck-body:not([aria-busy])")
    page.click("#tab-revise")
    page.wait_for_selector(".rv-row")
    page.click("#tab-write")
    page.click(".db-back")
    page.wait_for_selector(".ho-row")
    assert evil[:20] in page.inner_text(".ho-row >> nth=0")
    assert page.evaluate("window.caught") is None
    assert page.locator("img[src=x]").count() == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_accessible(page_at: Pages, accessible: Callable[..., None], width: int) -> None:
    page = page_at(width)
    page.wait_for_selector(".ho-list > *")
    accessible(page, "#panel-write")
    begin(page)
    accessible(page, "#panel-write")
    page.click("[data-step=facts]")
    page.wait_for_selector(".ma-table")
    accessible(page, "#panel-write")
    take_in(page)
    accessible(page, "#panel-write")
    if width == 390:
        page.click(".mg-pull")
    card(page, "81家").click()
    accessible(page, "#panel-write")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("#tab-check")
    page.wait_for_selector(".ck-tile")
    accessible(page, "#panel-check")
    page.click("#tab-revise")
    page.wait_for_selector(".rv-row")
    accessible(page, "#panel-revise")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_drafts_are_renamed_and_brought_back(page_at: Pages) -> None:
    page = page_at(user=USERS[1])
    begin(page)
    page.click(".db-back")
    page.wait_for_selector(".ho-row")
    page.get_by_role("button", name="改名").first.click()
    page.fill("dialog input", "改过的名字")
    page.get_by_role("button", name="确定").click()
    page.wait_for_selector(".ho-row:has-text('改过的名字')")
    page.get_by_role("button", name="删除《改过的名字》").click()
    page.wait_for_selector(".ho-row:has-text('改过的名字')", state="detached")
    page.get_by_role("button", name="撤销删除").click()
    page.wait_for_selector(".ho-row:has-text('改过的名字')")


def test_outline_by_hand(page_at: Pages) -> None:
    page = page_at()
    begin(page)
    page.get_by_role("button", name="加一节", exact=True).click()
    page.keyboard.type("四、下一步打算")
    page.wait_for_function("document.querySelector('.ol-state').textContent.startsWith('已保存')")
    page.get_by_role("button", name=f"删去“{SECOND}”").click()
    page.get_by_role("button", name="删去这一节").click()
    page.get_by_role("button", name="重新编号").click()
    headings = "[...document.querySelectorAll('.ol-heading')].map(node => node.value)"
    page.wait_for_function(f"{headings}.join() === '一、聚焦创新主体,二、存在问题,三、下一步打算'")
    drag(page, 2, 0)
    page.wait_for_function(f"{headings}[0] === '三、下一步打算'")
    page.wait_for_function("document.querySelector('.ol-state').textContent.startsWith('已保存')")
    page.reload()
    page.wait_for_selector(".ol-row")
    assert page.evaluate(headings) == ["三、下一步打算", FIRST, "二、存在问题"]


def drag(page: Page, source: int, target: int) -> None:
    rows = page.locator(".ol-row")
    rows.nth(source).locator(".ol-grip").drag_to(rows.nth(target), target_position={"x": 200, "y": 4})


def test_rewriting_leaves_the_rest(page_at: Pages) -> None:
    page = page_at()
    begin(page)
    page.click(".ol-foot .primary")
    page.get_by_role("button", name="写这一节").first.click()
    page.wait_for_selector(".db-job[data-state=done]")
    area = text_of(page, FIRST)
    before = area.input_value()
    end = before.index("。") + 1
    area.focus()
    area.evaluate("(node, end) => node.setSelectionRange(0, end)", end)
    area.dispatch_event("mouseup")
    page.locator(".rw-bar").get_by_role("button", name="重写").click()
    page.get_by_role("button", name="更精炼").click()
    page.wait_for_selector(".db-job:not([hidden]):is([data-state=done], [data-state=failed])")
    assert area.input_value().endswith(before[end:])
    assert "18家" in area.input_value()
    assert text_of(page, SECOND).input_value() == ""
