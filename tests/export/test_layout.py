"""The layout of Word files, as it is read: effective properties, parts of the text, differences, an office's style."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from assistant.errors import ExportError
from assistant.export import STANDARD, WordOptions, write_word
from assistant.export.deviations import compare, unmeasured
from assistant.export.house import learn
from assistant.export.measured import MeasuredFile, measure_file
from assistant.export.parts_of_text import Told, parts_of_text
from assistant.export.typefaces import family
from assistant.records import Draft, Section

from .office_file import STYLES, W, office_file, paragraph, part, run

DRAFT = Draft(
    "云溪县科学技术局2025年工作总结和2026年工作计划",
    "云溪县科学技术局",
    2025,
    (
        Section("", 1, "2025年，云溪县科学技术局抓好工作落实。现将有关情况汇报如下："),
        Section("一、2025年工作开展情况", 1),
        Section("（一）聚焦创新要素", 2, "新认定高新技术企业23家。\n（二）强化服务。选派科技特派员126名。"),
        Section("1.深化改革", 3, "完成改革事项3项。"),
        Section("（1）放权赋能", 4, "下放权限2项。"),
        Section("二、2026年工作计划", 1, "有效高新技术企业总量力争达到98家。"),
    ),
)
OPTIONS = WordOptions(signed=date(2026, 1, 8), addressee="县人民政府", attachments=("指标表", "任务表"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_word(DRAFT, tmp_path / "draft.docx", options=OPTIONS)


def altered(path: Path, change: Any) -> MeasuredFile:
    word = docx.Document(str(path))
    change(word)
    word.save(str(path))
    return measure_file(path)


def items(measured: MeasuredFile) -> list[str]:
    return [one.item for one in compare(measured, STANDARD)]


def test_our_own_file_has_no_differences(path: Path) -> None:
    measured = measure_file(path)
    assert compare(measured, STANDARD) == ()
    assert unmeasured(measured) == ()
    assert [one.part for one in measured.paragraphs] == [
        "title",
        "addressee",
        "body",
        "heading1",
        "heading2",
        "body",
        "heading2",
        "heading3",
        "body",
        "heading4",
        "body",
        "heading1",
        "body",
        "attachment",
        "attachment",
        "signature",
        "date",
    ]


@pytest.mark.parametrize("shift", [0.9, -0.9])
def test_a_millimetre_is_allowed(path: Path, shift: float) -> None:
    def change(word: Any) -> None:
        word.sections[0].top_margin = Mm(37 + shift)

    assert items(altered(path, change)) == []


def test_the_edition_of_1999_is_told_apart(path: Path) -> None:
    def change(word: Any) -> None:
        word.sections[0].top_margin, word.sections[0].left_margin = Mm(25), Mm(31.8)

    found = compare(altered(path, change), STANDARD)
    assert [(one.item, one.clause, one.standard.zh, one.found.zh) for one in found][:2] == [
        ("page.top", "5.2.1", "37 mm", "25 mm"),
        ("page.left", "5.2.1", "28 mm", "31.8 mm"),
    ]


def body_runs(word: Any) -> list[Any]:
    """The runs of the text, the heading that runs in apart."""
    return [
        run
        for one in word.paragraphs
        if one.style.name == "Body Text" and not one.text.startswith("（")
        for run in one.runs
    ]


def set_font(word: Any) -> None:
    for one in body_runs(word):
        one._element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")


def set_theme(word: Any) -> None:
    for one in body_runs(word):
        one._element.rPr.rFonts.set(qn("w:eastAsiaTheme"), "minorEastAsia")


def set_size(word: Any) -> None:
    for one in body_runs(word):
        one.font.size = Pt(14)


def set_colour(word: Any) -> None:
    body_runs(word)[0].font.color.rgb = RGBColor(0, 0, 255)


def set_pitch(word: Any) -> None:
    for one in word.paragraphs:
        one.paragraph_format.line_spacing_rule, one.paragraph_format.line_spacing = (
            WD_LINE_SPACING.EXACTLY,
            Pt(25),
        )


def set_loose_pitch(word: Any) -> None:
    for one in word.paragraphs:
        one.paragraph_format.line_spacing = 1.5


def no_indent(word: Any) -> None:
    for one in word.paragraphs:
        if one.style.name == "Body Text" and not one.text.startswith("（"):
            one._p.get_or_add_pPr().append(
                parse_xml(f'<w:ind xmlns:w="{W}" w:firstLine="0" w:firstLineChars="0"/>')
            )


def no_spacing(word: Any) -> None:
    for one in body_runs(word):
        one._element.rPr.find(qn("w:spacing")).set(qn("w:val"), "0")


def left_title(word: Any) -> None:
    word.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT


def bold_headings(word: Any) -> None:
    for one in word.paragraphs:
        if one.style.name == "Heading 1":
            one.runs[0].font.bold = True


def stop_behind_attachment(word: Any) -> None:
    (one,) = [run for p in word.paragraphs for run in p.runs if run.text.endswith("任务表")]
    one.text += "；"


def chinese_date(word: Any) -> None:
    word.paragraphs[-1].runs[0].text = "二〇二六年一月八日"


def zero_date(word: Any) -> None:
    word.paragraphs[-1].runs[0].text = "2026年01月08日"


def left_signature(word: Any) -> None:
    word.paragraphs[-2].alignment = WD_ALIGN_PARAGRAPH.LEFT


def one_footer(word: Any) -> None:
    word.settings.odd_and_even_pages_header_footer = False


def plain_number(word: Any) -> None:
    for one in word.sections[0].footer.paragraphs[0].runs:
        if "—" in one.text:
            one.text = one.text.replace("—", "")


def no_number(word: Any) -> None:
    for footer in (word.sections[0].footer, word.sections[0].even_page_footer):
        footer.paragraphs[0].clear()


def half_brackets(word: Any) -> None:
    for one in word.paragraphs:
        for run_ in one.runs:
            run_.text = run_.text.replace("（一）", "(一)")


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (set_font, ["body.font"]),
        (set_theme, ["body.font"]),
        (set_size, ["body.size"]),
        (set_colour, ["body.colour"]),
        (set_pitch, ["body.pitch"]),
        (set_loose_pitch, ["body.pitch"]),
        (no_indent, ["body.indent"]),
        (no_spacing, ["page.characters"]),
        (left_title, ["title.align"]),
        (bold_headings, ["heading1.bold"]),
        (half_brackets, ["heading.marks"]),
        (stop_behind_attachment, ["attachment.end"]),
        (left_signature, ["signature.align"]),
        (chinese_date, ["date.form"]),
        (zero_date, ["date.form"]),
        (one_footer, ["number.even"]),
        (plain_number, ["number.dashes"]),
        (no_number, ["number.missing"]),
    ],
)
def test_each_difference_is_found_and_no_other(path: Path, change: Any, wanted: list[str]) -> None:
    assert items(altered(path, change)) == wanted


def test_a_difference_names_its_first_place_and_how_often(path: Path) -> None:
    (one,) = compare(altered(path, set_size), STANDARD)
    assert (one.standard.zh, one.found.zh) == ("3号（16 磅）", "4号（14 磅）")
    assert one.place.zh.startswith("第4段“2025年，云溪县")
    assert (one.count, one.total) == (5, 5)


def test_a_pitch_that_hangs_on_the_font_is_told_as_unmeasured(path: Path) -> None:
    notes = [note.zh for note in unmeasured(altered(path, set_loose_pitch))]
    assert notes == ["行距未设固定值，每页行数取决于字体"]


def test_a_pitch_of_28_points_also_gives_22_lines(path: Path) -> None:
    def change(word: Any) -> None:
        for one in word.paragraphs:
            one.paragraph_format.line_spacing = Pt(28.5)

    assert items(altered(path, change)) == []


# -- effective properties ---------------------------------------------------------------------------

THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme>'
    '<a:minorFont><a:latin typeface="Calibri"/><a:ea typeface=""/><a:font script="Hans" typeface="等线"/></a:minorFont>'
    "</a:fontScheme></a:themeElements></a:theme>"
)


def styled(tmp_path: Path, styles: str, *body: str, page: str = "") -> MeasuredFile:
    section = f"<w:sectPr>{page}</w:sectPr>"
    path = office_file(tmp_path / "styled.docx", (*body, section), styles=styles)
    return measure_file(path)


def style(name: str, properties: str, based: str = "") -> str:
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{base}{properties}</w:style>'
    )


def test_styles_are_followed_to_their_base_and_the_defaults(tmp_path: Path) -> None:
    styles = (
        "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia='仿宋'/></w:rPr></w:rPrDefault></w:docDefaults>"
        + style("Base", "<w:pPr><w:ind w:firstLineChars='200'/></w:pPr><w:rPr><w:sz w:val='32'/></w:rPr>")
        + style("Text", "<w:rPr><w:b/></w:rPr>", "Base")
    )
    measured = styled(
        tmp_path, styles, paragraph("总结"), paragraph("围绕创新主体培育，抓好落实。", style="Text")
    )
    (one,) = measured.of("body")
    assert (one.run.east, one.run.size, one.run.bold, one.first_characters) == ("仿宋", 16.0, True, 2.0)


def test_a_style_that_is_based_on_itself_ends(tmp_path: Path) -> None:
    measured = styled(
        tmp_path, style("Loop", "", "Loop"), paragraph("总结"), paragraph("抓好落实。", style="Loop")
    )
    assert len(measured.of("body")) == 1


def test_the_grid_of_the_page_gives_pitch_and_characters(tmp_path: Path) -> None:
    grid = '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-849"/>'
    body = paragraph(run("围绕创新主体培育，抓好落实。", '<w:sz w:val="32"/>'))
    measured = styled(tmp_path, STYLES, paragraph("总结"), body, page=grid)
    (one,) = measured.of("body")
    assert one.pitch == pytest.approx(28.95)
    assert one.advance == pytest.approx(15.79, abs=0.01)


def test_full_width_blanks_count_as_indent(tmp_path: Path) -> None:
    measured = styled(tmp_path, STYLES, paragraph("总结"), paragraph("\u3000\u3000抓好落实。"))
    assert measured.of("body")[0].first_characters == 2


def test_nonsense_in_lengths_is_passed_over(tmp_path: Path) -> None:
    bad = '<w:sz w:val="nan"/><w:spacing w:val="1e999"/>'
    ind = '<w:p><w:pPr><w:ind w:firstLineChars="x" w:left="²"/><w:outlineLvl w:val="²"/></w:pPr>'
    body = f"{ind}{run('抓好落实。', bad)}</w:p>"
    measured = styled(tmp_path, STYLES, paragraph("总结"), body, page='<w:pgMar w:top="inf" w:left="0"/>')
    assert measured.of("body")[0].run.size == 10.0
    assert compare(measured, STANDARD)


def test_a_page_number_in_a_text_box_of_wps(tmp_path: Path) -> None:
    footer = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        "<wp:anchor xmlns:wp='urn:wp'><wp:positionH relativeFrom='margin'><wp:align>outside</wp:align></wp:positionH>"
        "<wps:txbx><w:txbxContent><w:p><w:r><w:t>— </w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        "<w:r><w:instrText> PAGE  \\* MERGEFORMAT </w:instrText></w:r><w:r><w:rPr><w:rFonts w:ascii='宋体'/>"
        "<w:sz w:val='28'/></w:rPr><w:t>1</w:t></w:r><w:r><w:t> —</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
        "</wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>"
    )
    section = '<w:sectPr><w:footerReference w:type="default" r:id="rId5"/></w:sectPr>'
    body = (paragraph("总结"), paragraph("抓好落实。"), section)
    path = office_file(tmp_path / "wps.docx", body, ftr=footer)
    (number,) = measure_file(path).numbers
    assert (number.side, number.dashes, number.run.latin, number.run.size) == ("outside", True, "宋体", 14.0)
    assert not [item for item in items(measure_file(path)) if item.startswith("number.")]


# -- parts of a text --------------------------------------------------------------------------------


def told(text: str, align: str = "left", size: float = 16.0, colour: str = "000000") -> Told:
    return Told(text, "", align, None, size, colour)


def test_letterhead_subtitle_captions_and_attached_texts_are_not_judged() -> None:
    lines = [
        (told("云溪县科学技术局文件", "center", 50, "FF0000"), None),
        (told("云科〔2026〕3号", "center"), None),
        (told("关于2025年工作情况的报告", "center", 22), "title"),
        (told("（2026年1月8日）", "center"), None),
        (told("县人民政府："), "addressee"),
        (told("现将情况报告如下。"), "body"),
        (told("表1 主要指标", "center"), None),
        (told("附件：指标表"), "attachment"),
        (told("云溪县科学技术局"), "signature"),
        (told("2026年1月8日"), "date"),
        (told("（此件公开发布）"), None),
        (told("抄送：县委办公室。"), None),
        (told("附件"), None),
        (told("甲。"), None),
    ]
    assert [part for part, _ in parts_of_text([one for one, _ in lines])] == [part for _, part in lines]


@pytest.mark.parametrize(
    ("text", "part", "end"),
    [
        ("（一）聚焦要素。开展服务。", "heading2", 8),
        ("（二）进口：1—11月完成5亿元。", "heading2", 6),
        ("（三）聚焦要素", "heading2", 0),
        ("（三）进口5亿元，增长3%。", "body", 0),
        ("一、概况", "heading1", 0),
        ("（一）抓培育，新增企业；抓服务，兑现奖补；", "body", 0),
        ("一是抓培育。", "body", 0),
    ],
)
def test_where_a_heading_ends(text: str, part: str, end: int) -> None:
    rows = [told("总结", size=22), told("现将情况报告如下。"), told(text), told("抓好落实。")]
    assert parts_of_text(rows)[2] == (part, end)


@pytest.mark.parametrize("count", [0, 1])
def test_hardly_any_text(count: int) -> None:
    assert len(parts_of_text([told("总结")] * count)) == count


# -- an office's style ------------------------------------------------------------------------------


def test_the_standard_is_learned_from_our_own_file(path: Path) -> None:
    learned = learn(measure_file(path))
    assert (learned.top, learned.left, learned.pitch, learned.marks) == (37, 28, 28.95, STANDARD.marks)
    assert (learned.title, learned.headings, learned.body) == (
        STANDARD.title,
        STANDARD.headings,
        STANDARD.body,
    )


def office(word: Any) -> None:
    word.sections[0].top_margin, word.sections[0].right_margin = Mm(30), Mm(24)
    for one in word.paragraphs:
        one.paragraph_format.line_spacing = Pt(30)
        for run_ in one.runs:
            run_._element.rPr.rFonts.set(qn("w:ascii"), "Times New Roman")
            if one.style.name == "Heading 1":
                run_.font.bold = True
    body_runs(word)[0].font.size = Pt(9)  # a slip is not learned


def test_an_office_style_is_learned_and_written_again(path: Path, tmp_path: Path) -> None:
    learned = learn(altered(path, office))
    assert (learned.top, learned.right, learned.pitch) == (30, 24, 30)
    assert (learned.heading(1).bold, learned.body.latin, learned.body.size) == (True, "Times New Roman", 16)
    out = write_word(
        DRAFT, tmp_path / "new.docx", options=WordOptions(style=learned, signed=date(2026, 1, 8))
    )
    assert compare(measure_file(out), learned) == ()
    found = {one.item for one in compare(measure_file(out), STANDARD)}
    assert found == {"page.top", "page.right", "body.pitch", "heading1.bold"}
    run_ = next(
        run for one in docx.Document(str(out)).paragraphs for run in one.runs if "高新技术" in run.text
    )
    fonts = run_._element.rPr.rFonts
    assert (fonts.get(qn("w:ascii")), fonts.get(qn("w:eastAsia"))) == ("Times New Roman", "仿宋_GB2312")


def test_an_empty_office_file_teaches_nothing_but_its_page(tmp_path: Path) -> None:
    word = docx.Document()
    word.save(str(tmp_path / "empty.docx"))
    learned = learn(measure_file(tmp_path / "empty.docx"))
    assert (learned.body, learned.pitch, learned.marks) == (STANDARD.body, STANDARD.pitch, STANDARD.marks)


@pytest.mark.parametrize("name", ["仿宋", "FangSong_GB2312", "CESI仿宋-GB2312", "方正仿宋_GBK"])
def test_one_typeface_has_many_names(name: str) -> None:
    assert family(name) == "仿宋"


@pytest.mark.parametrize(
    ("name", "content"), [("a.docx", b""), ("a.docx", b"text"), ("a.docm", b"PK\x03\x04"), ("a.txt", b"text")]
)
def test_what_is_no_word_file_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ExportError):
        measure_file(tmp_path / name)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError):
        measure_file(tmp_path / "none.docx")


def test_theme_fonts_are_resolved(tmp_path: Path) -> None:
    import zipfile

    body = paragraph(run("抓好落实。", '<w:rFonts w:eastAsia="仿宋" w:eastAsiaTheme="minorEastAsia"/>'))
    path = office_file(tmp_path / "theme.docx", (paragraph("总结"), body), theme="")
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["word/theme.xml"] = THEME.encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    assert measure_file(path).of("body")[0].run.east == "等线"
    assert part("x", "").startswith("<?xml")
