from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from assistant.errors import ExportError
from assistant.export import gbt9704, write_word
from assistant.export.word import compose, title_lines
from assistant.records import Draft, Section

SIGNED = date(2026, 1, 8)


@pytest.fixture
def path(draft: Draft, tmp_path: Path) -> Path:
    return write_word(draft, tmp_path / "draft.docx", signed=SIGNED)


def part(path: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(name))


def number(element: etree._Element | None, name: str) -> int:
    assert element is not None
    return int(element.get(qn(name)) or "")


def test_page_is_a4_with_the_margins_of_the_standard(path: Path) -> None:
    section = part(path, "word/document.xml").find(f".//{qn('w:sectPr')}")
    assert section is not None
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    assert (number(size, "w:w"), number(size, "w:h")) == (11906, 16838)
    millimetres = {
        side: round(number(margins, f"w:{side}") * 25.4 / 1440) for side in ("top", "left", "bottom", "right")
    }
    assert millimetres == {"top": 37, "left": 28, "bottom": 35, "right": 26}
    assert section.find(qn("w:docGrid")) is None


def test_every_run_names_its_fonts_and_the_grid_spacing(path: Path) -> None:
    runs = [
        run
        for name in ("word/document.xml", "word/footer1.xml", "word/footer2.xml")
        for run in part(path, name).iter(qn("w:r"))
    ]
    assert len(runs) > 15
    for run in runs:
        fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        assert fonts is not None
        assert len({fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}) == 1
        assert number(run.find(f"{qn('w:rPr')}/{qn('w:spacing')}"), "w:val") == -5


def test_styles_have_font_size_pitch_and_no_bold(path: Path) -> None:
    document = docx.Document(str(path))
    wanted = {
        "Title": ("方正小标宋简体", 22),
        "Heading 1": ("黑体", 16),
        "Heading 2": ("楷体_GB2312", 16),
        "Heading 3": ("仿宋_GB2312", 16),
        "Heading 4": ("仿宋_GB2312", 16),
        "Body Text": ("仿宋_GB2312", 16),
    }
    for name, (font, size) in wanted.items():
        style = document.styles[name]
        fonts = style.element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert not any(key.endswith("Theme") for key in fonts.attrib)
        assert (style.font.size.pt, style.font.bold, str(style.font.color.rgb)) == (size, False, "000000")
        spacing = style.element.pPr.find(qn("w:spacing"))
        assert (number(spacing, "w:line"), spacing.get(qn("w:lineRule"))) == (579, "exact")


def test_headings_carry_outline_levels_and_text_is_indented(path: Path) -> None:
    document = docx.Document(str(path))
    for level in (1, 2, 3, 4):
        outline = document.styles[f"Heading {level}"].element.pPr.find(qn("w:outlineLvl"))
        assert number(outline, "w:val") == level - 1
    for name in ("Body Text", "Heading 1", "Heading 2"):
        assert number(document.styles[name].element.pPr.ind, "w:firstLineChars") == 200


def test_paragraphs_use_the_styles(path: Path) -> None:
    styled = [(p.style.name, p.text) for p in docx.Document(str(path)).paragraphs if p.text]
    assert [name for name, _ in styled[:4]] == ["Title", "Heading 1", "Heading 2", "Body Text"]
    assert styled[-2:] == [("Normal", "云溪县科学技术局"), ("Normal", "2026年1月8日")]


def test_placeholders_are_highlighted_and_nothing_else(path: Path) -> None:
    marked = [
        run.text for p in docx.Document(str(path)).paragraphs for run in p.runs if run.font.highlight_color
    ]
    assert marked == ["x.x"]


def test_page_numbers_right_on_odd_and_left_on_even_pages(path: Path) -> None:
    assert part(path, "word/settings.xml").find(qn("w:evenAndOddHeaders")) is not None
    for footer, side in (("word/footer1.xml", "right"), ("word/footer2.xml", "left")):
        root = part(path, footer)
        assert "".join(root.itertext()) == "—  PAGE 1 —"
        assert [mark.get(qn("w:fldCharType")) for mark in root.iter(qn("w:fldChar"))] == [
            "begin",
            "separate",
            "end",
        ]
        alignment = root.find(f".//{qn('w:jc')}")
        assert alignment is not None
        assert alignment.get(qn("w:val")) == side


def test_no_bold_no_template_properties_no_thumbnail(path: Path) -> None:
    properties = docx.Document(str(path)).core_properties
    assert (properties.title, properties.author) == ("云溪县科学技术局2025年工作总结", "云溪县科学技术局")
    assert (properties.comments, properties.keywords) == ("", "")
    with zipfile.ZipFile(path) as archive:
        assert "docProps/thumbnail.jpeg" not in archive.namelist()
        assert b"python-docx" not in b"".join(archive.read(name) for name in archive.namelist())


def test_fonts_have_stand_ins_and_none_is_embedded(path: Path) -> None:
    table = part(path, "word/fontTable.xml")
    stand_ins = {font.get(qn("w:name")): font.find(qn("w:altName")) for font in table}
    assert set(stand_ins) == {"仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"}
    assert all(name is not None for name in stand_ins.values())
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if name.startswith("word/fonts/")]


@pytest.mark.parametrize(
    ("organisation", "name_right", "date_right"),
    [("云溪县科学技术局", 2.0, 2.0), ("云溪县人民政府办公室", 2.0, 4.0), ("科技局", 7.0, 2.0)],
)
def test_date_starts_two_characters_after_the_name_or_pushes_it(
    organisation: str, name_right: float, date_right: float
) -> None:
    document = compose(Draft("题", organisation, 2025, ()), SIGNED)
    name, written = document.paragraphs[-2:]
    assert number(name._p.pPr.ind, "w:rightChars") == name_right * 100
    assert number(written._p.pPr.ind, "w:rightChars") == date_right * 100


def test_without_a_date_only_the_name_stands_there(draft: Draft) -> None:
    assert compose(draft).paragraphs[-1].text == "云溪县科学技术局"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("2025年工作总结", 1),
        ("云溪县科学技术局2025年工作总结和2026年工作计划", 2),
        ("关于进一步加强科技创新工作的若干措施及其落实情况的报告", 2),
        ("测" * 60, 1),
    ],
)
def test_long_titles_break_by_sense(title: str, lines: int) -> None:
    broken = title_lines(title, "云溪县科学技术局")
    assert len(broken) == lines
    assert "".join(broken) == title


def test_each_line_of_a_section_is_a_paragraph() -> None:
    document = compose(Draft("", "", None, (Section("", 2, "甲。\n\n乙。"),)))
    assert [p.text for p in document.paragraphs] == ["甲。", "乙。"]


def test_an_unwritable_target_is_an_export_error(draft: Draft, tmp_path: Path) -> None:
    (tmp_path / "draft.docx").mkdir()
    with pytest.raises(ExportError):
        write_word(draft, tmp_path / "draft.docx")
    assert [item.name for item in tmp_path.iterdir()] == ["draft.docx"]


def test_the_type_area_holds_22_lines_of_28_characters() -> None:
    assert (
        gbt9704.LINES * gbt9704.LINE_PITCH_PT
        <= gbt9704.TYPE_AREA_HEIGHT_MM * 72 / 25.4
        < (gbt9704.LINES + 1) * gbt9704.LINE_PITCH_PT
    )
    width = gbt9704.TYPE_AREA_WIDTH_MM * 72 / 25.4
    assert (
        gbt9704.CHARACTERS * gbt9704.advance_pt() <= width < (gbt9704.CHARACTERS + 1) * gbt9704.advance_pt()
    )
