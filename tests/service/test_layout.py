"""Rendered pages: 22 lines of 28 characters, margins, page numbers, fonts that stand in. Needs LibreOffice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from export.office_file import W

from assistant.export import Letterhead, WordOptions, write_word
from assistant.loaders.office import office_program
from assistant.records import Draft, Section
from assistant.service import layout
from assistant.service.layout import count_pages, measure
from assistant.service.word_options import write_draft

needs_office = pytest.mark.skipif(not office_program(), reason="LibreOffice is not installed")
LINE = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
TEXT = "\n".join([LINE * 12] * 6)
DRAFT = Draft(
    "云溪县科学技术局2025年工作总结和2026年工作计划",
    "云溪县科学技术局",
    2025,
    (
        Section("一、2025年工作开展情况", 1),
        Section("（一）聚焦创新要素", 2, TEXT),
        Section("二、计划", 1, "抓好落实。"),
    ),
)
OPTIONS = WordOptions(signed=date(2026, 1, 8))


@needs_office
def test_a_page_has_22_lines_of_28_characters_and_the_margins_of_the_standard(tmp_path: Path) -> None:
    found = measure(write_word(DRAFT, tmp_path / "draft.docx", options=OPTIONS))
    assert found.deviations == ()
    pages = found.pages
    assert pages is not None
    assert (pages.count, pages.lines, pages.characters) == (4, 22, 28)
    assert (pages.top, pages.left, pages.right) == pytest.approx((37, 28, 26), abs=0.6)
    assert pages.pitch == pytest.approx(28.95, abs=0.05)
    assert [place.page for place in pages.numbers] == [1, 2, 3, 4]
    for place in pages.numbers:
        assert place.below == pytest.approx(7, abs=0.5)
        edge = place.from_right - 26 if place.page % 2 else place.from_left - 28
        assert edge == pytest.approx(14 * 25.4 / 72, abs=0.5)


@needs_office
def test_page_numbers_and_missing_fonts_are_told_from_the_page(tmp_path: Path) -> None:
    path = write_word(DRAFT, tmp_path / "draft.docx", options=OPTIONS)
    word = docx.Document(str(path))
    word.sections[0].footer_distance = Mm(10)
    for footer in (word.sections[0].footer, word.sections[0].even_page_footer):
        footer.paragraphs[0].paragraph_format.right_indent = Pt(0)
        footer.paragraphs[0].paragraph_format.left_indent = Pt(0)
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        word.paragraphs[-1].runs[0]._element.rPr.rFonts.set(qn(f"w:{name}"), "云溪无名体")
    word.save(str(path))
    found = measure(path)
    assert [(one.item, one.clause, one.by, one.place.zh) for one in found.deviations] == [
        ("number.odd", "7.5", "page", "第1页"),
        ("number.below", "7.5", "page", "第1页"),
        ("number.even", "7.5", "page", "第2页"),
    ]
    (note,) = [one.zh for one in found.unmeasured if "本机没有" in one.zh]
    missing, _, used = note.partition(" → ")
    assert "云溪无名体" in missing
    assert used


@needs_office
def test_a_character_grid_is_judged_by_the_file_and_that_is_told(tmp_path: Path) -> None:
    path = write_word(DRAFT, tmp_path / "draft.docx", options=OPTIONS)
    word = docx.Document(str(path))
    grid = f'<w:docGrid xmlns:w="{W}" w:type="linesAndChars" w:linePitch="579" w:charSpace="-842"/>'
    for root in (word.element, word.styles.element):
        for element in list(root.iter(qn("w:spacing"))):
            if element.getparent().tag == qn("w:rPr"):
                element.getparent().remove(element)
    word.sections[0]._sectPr.append(parse_xml(grid))
    word.save(str(path))
    found = measure(path)
    assert found.deviations == ()
    assert any("字符网格" in one.zh for one in found.unmeasured)


@needs_office
def test_the_record_takes_a_new_page_where_the_last_one_is_odd(tmp_path: Path) -> None:
    head = Letterhead(issuer="云溪县科学技术局办公室", issued=date(2026, 1, 8), even_page=True)
    options = WordOptions(signed=date(2026, 1, 8), letterhead=head)
    short = Draft("总结", "云溪县科学技术局", 2025, (Section("一、概况", 1, "抓好落实。"),))
    assert count_pages(write_draft(short, tmp_path / "odd.docx", options)) == 2


def test_without_libreoffice_it_is_told_that_no_page_was_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = write_word(DRAFT, tmp_path / "draft.docx", options=OPTIONS)
    found = measure(path)
    assert found.pages is None
    assert found.clean
    assert [one.zh for one in found.unmeasured] == [
        "没有 LibreOffice，未测量实际页面（行数、字数、页码位置）"
    ]
    assert count_pages(path) is None


@needs_office
def test_what_libreoffice_cannot_open_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")  # it ends well and makes nothing
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    path = write_word(DRAFT, tmp_path / "draft.docx", options=OPTIONS)
    (note,) = [one.zh for one in measure(path).unmeasured]
    assert note.startswith("LibreOffice 没有排出页面")
    assert count_pages(path) is None


def test_the_office_style_is_listed_but_does_not_count(tmp_path: Path) -> None:
    path = write_word(DRAFT, tmp_path / "draft.docx", options=OPTIONS)
    word = docx.Document(str(path))
    word.sections[0].top_margin = Mm(30)
    word.save(str(tmp_path / "old.docx"))
    found = measure(tmp_path / "old.docx", like=tmp_path / "old.docx", render=False)
    assert (found.clean, found.like) == (True, "old.docx")
    assert [one.item for one in found.house] == ["page.top"]
    assert layout.house_style(path)[1] == ()
