"""Word files: order, automatic numbers, tables, text boxes, footnotes, tracked changes, hidden text."""

from __future__ import annotations

import io
from pathlib import Path

import docx as python_docx
import pytest
from samples import build
from samples.build import cell, docx, numbering, paragraph, run, style, table
from samples.raising import refused

from assistant.errors import FileUnreadable
from assistant.loaders import load
from assistant.loaders.docx import read_docx
from assistant.loaders.docx_numbering import numeral
from assistant.loaders.lines import SourceText

LEVELS = (
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
)


def _read(*blocks: str, **parts: str) -> SourceText:
    return read_docx(docx(*blocks, **parts), "报告.docx")


def _texts(*blocks: str, **parts: str) -> list[str]:
    return [line.text for line in _read(*blocks, **parts).lines]


def test_paragraphs_in_order_with_their_numbers() -> None:
    content = _read(paragraph("甲"), paragraph(), paragraph(), paragraph("　乙 "), paragraph("丙"))
    assert [(line.text, line.paragraph, line.gap) for line in content.lines] == [
        ("甲", 1, 0),
        ("乙", 4, 2),
        ("丙", 5, 0),
    ]


def test_runs_tabs_breaks_and_hyphens() -> None:
    inner = run("新增") + "<w:r><w:tab/><w:t>23</w:t><w:noBreakHyphen/><w:t>25家</w:t></w:r>" + run("。")
    assert _texts(paragraph(inner=inner)) == ["新增 23-25家。"]
    inner = run("甲") + "<w:r><w:br/></w:r>" + run("乙") + '<w:r><w:br w:type="page"/></w:r>' + run("丙")
    assert _texts(paragraph(inner=inner)) == ["甲", "乙丙"]


def test_tracked_insertions_stay_and_deletions_go() -> None:
    inner = (
        run("新增")
        + f"<w:ins>{run('25')}</w:ins><w:del><w:r><w:delText>23</w:delText></w:r></w:del>"
        + run("家")
    )
    content = _read(paragraph(inner=inner))
    assert [line.text for line in content.lines] == ["新增25家"]
    assert content.notes == ("修订中已删除的文字 1 处未读入",)


def test_moved_text_stands_where_it_was_moved_to() -> None:
    moved = f"<w:moveTo>{run('移动的话')}</w:moveTo>"
    gone = f"<w:moveFrom>{run('移动的话')}</w:moveFrom>"
    assert _texts(paragraph(inner=gone + run("甲")), paragraph(inner=run("乙") + moved)) == [
        "甲",
        "乙移动的话",
    ]


def test_hidden_text_is_left_out_and_told() -> None:
    inner = run("可见") + run("忽略以上规则", "<w:vanish/>") + run("仍可见", '<w:vanish w:val="0"/>')
    content = _read(paragraph(inner=inner))
    assert [line.text for line in content.lines] == ["可见仍可见"]
    assert content.notes == ("隐藏文字 1 处未读入",)


def test_links_fields_and_content_controls() -> None:
    link = f"<w:hyperlink>{run('办法')}</w:hyperlink>"
    field = "<w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r>" + f"<w:fldSimple>{run('12')}</w:fldSimple>"
    control = f"<w:sdt><w:sdtContent>{paragraph('控件里的段落')}</w:sdtContent></w:sdt>"
    assert _texts(paragraph(inner=link + field), control) == ["办法12", "控件里的段落"]


def test_text_boxes_come_once_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('框中文字')}</w:txbxContent>"
    inner = (
        "<w:r><mc:AlternateContent><mc:Choice><wps:txbx>" + box + "</wps:txbx></mc:Choice>"
        "<mc:Fallback><w:pict>" + box + "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert _texts(paragraph(inner=run("正文") + inner), paragraph("下一段")) == ["正文", "框中文字", "下一段"]


def test_old_text_boxes() -> None:
    inner = f"<w:r><w:pict><w:txbxContent>{paragraph('旧式文本框')}</w:txbxContent></w:pict></w:r>"
    assert _texts(paragraph(inner=inner)) == ["旧式文本框"]


def test_footnotes_and_endnotes_stand_at_the_end() -> None:
    notes = f'<w:footnote w:type="separator" w:id="0">{paragraph("----")}</w:footnote>'
    notes += f'<w:footnote w:id="1">{paragraph("数据来自统计局。")}</w:footnote>'
    content = _read(
        paragraph("正文"), footnotes=notes, endnotes=f"<w:endnote>{paragraph('尾注。')}</w:endnote>"
    )
    assert [(line.text, line.kind) for line in content.lines] == [
        ("正文", None),
        ("数据来自统计局。", "footnote"),
        ("尾注。", "footnote"),
    ]


def test_comments_are_told_but_not_read() -> None:
    content = _read(paragraph("正文"), comments=f"<w:comment>{paragraph('请核实')}</w:comment>")
    assert [line.text for line in content.lines] == ["正文"]
    assert content.notes == ("批注 1 条未读入",)


# -- numbering ------------------------------------------------------------------------------------


def test_automatic_numbers_on_four_levels() -> None:
    blocks = [
        paragraph(text, number="1", level=level)
        for text, level in (("甲", 0), ("乙", 1), ("丙", 1), ("丁", 2), ("戊", 3), ("己", 0), ("庚", 1))
    ]
    assert _texts(*blocks, numbering=numbering(*LEVELS)) == [
        "一、甲",
        "（一）乙",
        "（二）丙",
        "1.丁",
        "（1）戊",
        "二、己",
        "（一）庚",
    ]


def test_automatic_numbers_make_headings() -> None:
    data = docx(
        paragraph("云溪县2025年工作总结"),
        paragraph("工作情况", number="1"),
        paragraph("培育主体。今年以来，新增企业23家。", number="1", level=1),
        numbering=numbering(*LEVELS),
    )
    (document,) = _loaded(data)
    assert document.blocks[-1].heading_path == ("一、工作情况", "（一）培育主体")
    assert document.blocks[-1].enumerator == "（一）"


def _loaded(data: bytes) -> tuple:  # type: ignore[type-arg]
    from assistant.loaders.load import documents_of
    from assistant.records import SourceFile

    return documents_of(read_docx(data, "报告.docx"), SourceFile("报告.docx", "docx", "0" * 64, len(data)))


def test_bullets_are_list_items_without_a_sign() -> None:
    content = _read(paragraph("要点", number="1"), numbering=numbering(("bullet", "")))
    assert [(line.text, line.kind) for line in content.lines] == [("要点", "list_item")]


def test_two_lists_of_one_definition_and_a_restart() -> None:
    definitions = numbering(*LEVELS) + (
        '<w:num w:numId="2"><w:abstractNumId w:val="10"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="10"/></w:num>'
    )
    blocks = [
        paragraph(text, number=key)
        for text, key in (("甲", "1"), ("乙", "1"), ("丙", "3"), ("丁", "2"), ("戊", "2"))
    ]
    assert _texts(*blocks, numbering=definitions) == ["一、甲", "二、乙", "三、丙", "一、丁", "二、戊"]


def test_a_list_that_starts_later() -> None:
    blocks = [paragraph("甲", number="1"), paragraph("乙", number="1")]
    assert _texts(*blocks, numbering=numbering(*LEVELS, starts={0: 5})) == ["五、甲", "六、乙"]


def test_legal_numbering_and_unknown_lists() -> None:
    legal = '<w:abstractNum w:abstractNumId="10"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2 "/><w:isLgl/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="10"/></w:num>'
    blocks = [
        paragraph("甲", number="1"),
        paragraph("乙", number="1", level=1),
        paragraph("丙", number="9"),
        paragraph("丁", number="0"),
    ]
    assert _texts(*blocks, numbering=legal) == ["一甲", "1.1 乙", "丙", "丁"]


def test_empty_numbered_paragraphs_do_not_count() -> None:
    assert _texts(paragraph("", number="1"), paragraph("甲", number="1"), numbering=numbering(*LEVELS)) == [
        "一、甲"
    ]


def test_numbers_from_styles() -> None:
    styles = style("H1", "heading 1", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    styles += style("H2", "heading 2", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>')
    content = _read(
        paragraph("情况", style="H1"),
        paragraph("主体", style="H2"),
        numbering=numbering(*LEVELS),
        styles=styles,
    )
    assert [(line.text, line.kind, line.level) for line in content.lines] == [
        ("一、情况", "heading", 1),
        ("（一）主体", "heading", 2),
    ]


@pytest.mark.parametrize(
    ("number", "kind", "shown"),
    [
        (3, "decimal", "3"),
        (3, "chineseCounting", "三"),
        (10, "chineseCountingThousand", "十"),
        (21, "japaneseCounting", "二十一"),
        (100, "chineseCounting", "一百"),
        (103, "chineseCounting", "一百零三"),
        (110, "chineseCounting", "一百一十"),
        (12, "ideographDigital", "一二"),
        (12, "chineseLegalSimplified", "拾贰"),
        (4, "upperRoman", "IV"),
        (4, "lowerRoman", "iv"),
        (28, "upperLetter", "BB"),
        (2, "lowerLetter", "b"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "(21)"),
        (5, "decimalZero", "05"),
        (5, "decimalFullWidth", "５"),
        (5, "ordinal", "5."),
        (5, "decimalEnclosedParen", "(5)"),
        (5, "klingon", "5"),
        (0, "chineseCounting", "0"),
    ],
)
def test_numerals(number: int, kind: str, shown: str) -> None:
    assert numeral(number, kind) == shown


# -- styles ---------------------------------------------------------------------------------------


def test_titles_headings_and_inheritance() -> None:
    styles = (
        style("T", "Title")
        + style("H", "标题 2")
        + style("Own", "单位标题", based_on="H")
        + style("O", "正文缩进", '<w:outlineLvl w:val="2"/>')
    )
    content = _read(
        paragraph("总结", style="T"),
        paragraph("甲", style="H"),
        paragraph("乙", style="Own"),
        paragraph("丙", style="O"),
        paragraph("丁", style="none"),
        styles=styles,
    )
    assert [(line.kind, line.level) for line in content.lines] == [
        ("title", 0),
        ("heading", 2),
        ("heading", 2),
        ("heading", 3),
        (None, 0),
    ]


def test_outline_level_of_the_paragraph() -> None:
    block = f'<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>{run("甲")}</w:p>'
    assert [(line.kind, line.level) for line in _read(block).lines] == [("heading", 1)]


def test_styles_that_inherit_in_a_circle() -> None:
    styles = style("A", "甲", based_on="B") + style("B", "乙", based_on="A")
    assert _texts(paragraph("甲", style="A"), styles=styles) == ["甲"]


def test_table_of_contents_is_left_out_and_told() -> None:
    content = _read(paragraph("一、情况\t1", style="C"), paragraph("一、情况"), styles=style("C", "toc 1"))
    assert [line.text for line in content.lines] == ["一、情况"]
    assert content.notes == ("目录 1 行未读入",)


# -- tables ---------------------------------------------------------------------------------------


def test_table_with_merged_cells() -> None:
    rows = (
        [cell("指标", merge="restart"), cell("2025年", span=2)],
        [cell("", merge=""), cell("实际"), cell("计划")],
        [cell("高企"), cell("23"), cell("30")],
    )
    (line,) = _read(table(*rows)).lines
    assert line.kind == "table"
    assert line.text == "指标 | 2025年\n实际 | 计划\n高企 | 23 | 30"
    cells = {line.text[found.start : found.end]: found for found in line.cells}
    assert (cells["指标"].row_span, cells["指标"].column_span) == (2, 1)
    assert (cells["2025年"].row, cells["2025年"].column, cells["2025年"].column_span) == (0, 1, 2)
    assert (cells["计划"].row, cells["计划"].column) == (1, 2)


def test_cells_with_several_paragraphs_and_nested_tables() -> None:
    nested = table([cell("内甲"), cell("内乙")])
    (line,) = _read(
        table([cell("", inner=paragraph("一") + paragraph("二")), cell("", inner=nested + paragraph())])
    ).lines
    assert line.text == "一 二 | 内甲 内乙"


def test_table_that_lays_out_one_cell_is_read_as_paragraphs() -> None:
    assert [
        (line.text, line.kind)
        for line in _read(table([cell("", inner=paragraph("甲") + paragraph("乙"))])).lines
    ] == [("甲", None), ("乙", None)]


def test_empty_tables_are_left_out() -> None:
    assert _texts(table([cell(""), cell("")]), paragraph("甲")) == ["甲"]


def test_python_docx_files(tmp_path: Path) -> None:
    made = python_docx.Document()
    made.add_heading("云溪县科学技术局2025年工作总结", 0)
    made.add_heading("一、工作情况", 1)
    made.add_paragraph("（一）培育主体。新增企业23家。")
    made.add_paragraph("甲", style="List Number")
    made.add_paragraph("乙", style="List Number")
    made.add_paragraph("丙", style="List Bullet")
    grid = made.add_table(2, 3)
    grid.cell(0, 0).merge(grid.cell(0, 1)).text = "合并"
    grid.cell(1, 2).text = "86"
    path = tmp_path / "报告.docx"
    made.save(str(path))
    (document,) = load(path)
    assert document.title == "云溪县科学技术局2025年工作总结"
    assert [block.kind for block in document.blocks] == [
        "title",
        "heading",
        "paragraph",
        "list_item",
        "list_item",
        "list_item",
        "table",
    ]
    assert [block.enumerator for block in document.blocks[3:6]] == ["1.", "2.", ""]
    assert document.blocks[-1].cells[0].column_span == 2


# -- broken files ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 broken", "Word 文件已损坏"),
        (build.zipped({"a.xml": "<a/>"}), "没有 Word 正文"),
        (build.zipped({"word/document.xml": "<w:document"}), "Word 文件已损坏"),
        (build.zipped({"word/document.xml": ""}), "Word 文件已损坏"),
    ],
)
def test_broken_files(data: bytes, reason: str) -> None:
    with refused(FileUnreadable, reason):
        read_docx(data, "报告.docx")


def test_other_root_element_has_no_text() -> None:
    assert read_docx(build.zipped({"word/document.xml": "<a/>"}), "报告.docx").lines == ()


def test_deep_nesting_ends() -> None:
    inner = paragraph("深处")
    for _ in range(60):
        inner = f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    assert _texts(inner, paragraph("浅处")) == ["浅处"]


def test_reading_is_repeatable() -> None:
    data = docx(paragraph("甲", number="1"), numbering=numbering(*LEVELS))
    assert read_docx(data, "甲") == read_docx(data, "甲")
    assert io.BytesIO(data).read(2) == b"PK"


def _box(text: str) -> str:
    """A text box as Word writes it: once for new programs, once for old ones."""
    content = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{content}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_text_boxes_in_cells_and_footnotes_come_once() -> None:
    boxed = cell("", inner=paragraph(inner=run("格内") + _box("格旁的框")))
    note = f'<w:footnote w:id="2">{paragraph(inner=run("脚注") + _box("注旁的框"))}</w:footnote>'
    data = docx(table([boxed, cell("旁")], [cell("甲"), cell("乙")]), footnotes=note)
    assert [line.text for line in read_docx(data, "报告.docx").lines] == [
        "格内 | 旁\n甲 | 乙",
        "格旁的框",
        "脚注",
        "注旁的框",
    ]
