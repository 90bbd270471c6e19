"""What stands around a draft: 版头, 版记, 主送机关, 附件说明, tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from assistant.export import Letterhead, WordOptions, write_word
from assistant.export.word import compose
from assistant.export.word_tables import add_table, is_table_line, rows_of_text
from assistant.loaders import load
from assistant.records import Draft, Section

HEAD = Letterhead(
    mark="云溪县科学技术局文件",
    number="云科〔2026〕3号",
    copy="000012",
    secrecy="内部★1年",
    urgency="加急",
    copied_to="县委办公室，县政府办公室。",
    issuer="云溪县科学技术局办公室",
    issued=date(2026, 1, 8),
)
DRAFT = Draft("2025年工作总结", "云溪县科学技术局", 2025, (Section("一、概况", 1, "抓好落实。"),))


def written(tmp_path: Path, options: WordOptions, draft: Draft = DRAFT) -> docx.document.Document:
    return docx.Document(str(write_word(draft, tmp_path / "draft.docx", options=options)))


def mm(length: object) -> float:
    return round(float(str(length)) / 36000, 1)


def test_the_elements_stand_in_their_order(tmp_path: Path) -> None:
    word = written(tmp_path, WordOptions(letterhead=HEAD))
    texts = [p.text for p in word.paragraphs]
    assert texts[:10] == [
        "000012",
        "内部★1年",
        "加急",
        "云溪县科学技术局文件",
        "",
        "",
        "云科〔2026〕3号",
        "",
        "",
        "2025年工作总结",
    ]


def test_the_mark_is_red_and_35_mm_below_the_edge_of_the_type_area(tmp_path: Path) -> None:
    mark = written(tmp_path, WordOptions(letterhead=HEAD)).paragraphs[3]
    assert str(mark.runs[0].font.color.rgb) == "FF0000"
    above = 3 * 28.95 * 25.4 / 72
    assert above + mm(mark.paragraph_format.space_before) == pytest.approx(35, abs=0.1)
    assert mark.runs[0].font.size.pt * 10 <= 156 * 72 / 25.4


@pytest.mark.parametrize("missing", ["copy", "secrecy", "urgency"])
def test_what_is_left_out_leaves_the_mark_where_it_is(tmp_path: Path, missing: str) -> None:
    from dataclasses import replace

    word = written(tmp_path, WordOptions(letterhead=replace(HEAD, **{missing: ""})))
    assert word.paragraphs[3].text == "云溪县科学技术局文件"


def test_a_red_line_4_mm_below_the_number(tmp_path: Path) -> None:
    number = written(tmp_path, WordOptions(letterhead=HEAD)).paragraphs[6]
    (line,) = number._p.pPr.find(qn("w:pBdr"))
    assert line.tag == qn("w:bottom")
    assert (line.get(qn("w:color")), line.get(qn("w:space"))) == ("FF0000", "11")


def test_with_a_signer_the_number_stands_left(tmp_path: Path) -> None:
    from dataclasses import replace

    number = written(tmp_path, WordOptions(letterhead=replace(HEAD, signer="张某某"))).paragraphs[6]
    assert number.text == "\u3000云科〔2026〕3号\t签发人：张某某"
    assert number.runs[-1].font.name == "楷体_GB2312"


def test_the_record_floats_at_the_foot_of_the_last_page(tmp_path: Path) -> None:
    word = written(tmp_path, WordOptions(letterhead=HEAD))
    (table,) = word.tables
    place = table._tbl.tblPr.find(qn("w:tblpPr"))
    assert (place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))) == ("margin", "bottom")
    rows = [row.cells[0].text for row in table.rows]
    assert rows == ["抄送：县委办公室，县政府办公室。", "云溪县科学技术局办公室\t2026年1月8日印发"]
    sizes = [
        [int(line.get(qn("w:sz"))) for line in row.cells[0]._tc.tcPr.find(qn("w:tcBorders"))]
        for row in table.rows
    ]
    assert sizes == [[8, 6], [6, 8]]


@pytest.mark.parametrize(("pages", "sections"), [(2, 1), (3, 2), (None, 2)])
def test_an_even_page_for_the_record(tmp_path: Path, pages: int | None, sections: int) -> None:
    from dataclasses import replace

    options = WordOptions(letterhead=replace(HEAD, even_page=True))
    path = write_word(DRAFT, tmp_path / "draft.docx", options=options, pages=lambda path: pages)
    word = docx.Document(str(path))
    assert len(word.sections) == sections
    kinds = [section._sectPr.find(qn("w:type")) for section in word.sections]
    assert kinds[-1] is None if sections == 1 else kinds[-1].get(qn("w:val")) == "evenPage"


def test_addressee_and_attachments_hang_as_the_standard_has_it() -> None:
    options = WordOptions(addressee="县人民政府：", attachments=("指标表。", "任务表"))
    paragraphs = {p.text: p for p in compose(DRAFT, options=options).paragraphs}
    assert paragraphs["县人民政府："]._p.pPr.ind is None
    first, second = paragraphs["附件：1. 指标表"]._p.pPr.ind, paragraphs["2. 任务表"]._p.pPr.ind
    for indent, left, hanging in ((first, 650, 450), (second, 650, 150)):
        assert (indent.get(qn("w:leftChars")), indent.get(qn("w:hangingChars"))) == (str(left), str(hanging))


def test_one_attachment_has_no_number() -> None:
    options = WordOptions(attachments=("指标表",))
    assert "附件：指标表" in [p.text for p in compose(DRAFT, options=options).paragraphs]


ORDER = {  # of ECMA-376, part 1; Word calls a file damaged that has another
    "pPr": "pStyle keepNext keepLines framePr widowControl numPr pBdr tabs autoSpaceDE autoSpaceDN snapToGrid spacing ind "
    "jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b i color spacing kern sz szCs highlight lang",
    "tblPr": "tblStyle tblpPr tblW jc tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders vAlign",
}


def test_properties_stand_in_the_order_of_the_schema(tmp_path: Path) -> None:
    from dataclasses import replace

    text = "（一）聚焦要素。新增xx家。\n指标 | 数量\n专利 | 40件"
    draft = replace(DRAFT, sections=(Section("一、概况", 1, text),))
    head = replace(HEAD, signer="张某某", even_page=True)
    options = WordOptions(
        letterhead=head, addressee="县人民政府", attachments=("甲", "乙"), signed=date(2026, 1, 8)
    )
    word = written(tmp_path, options, draft)
    seen = 0
    for element in word.element.body.iter(*(qn(f"w:{name}") for name in ORDER)):
        order = ORDER[element.tag.rpartition("}")[2]].split()
        places = [order.index(child.tag.rpartition("}")[2]) for child in element]
        assert places == sorted(set(places))
        seen += 1
    assert seen > 50


# -- tables -----------------------------------------------------------------------------------------


def test_rows_of_text_become_a_table_whose_rows_grow(tmp_path: Path) -> None:
    text = "主要指标：\n指标 | 数量\n专利 | 40件\n完成。"
    draft = Draft("总结", "", 2025, (Section("一、概况", 1, text),))
    word = written(tmp_path, WordOptions(), draft)
    (table,) = word.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["指标", "数量"], ["专利", "40件"]]
    for row in table.rows:
        assert row._tr.trPr.find(qn("w:cantSplit")) is not None
        for cell in row.cells:
            style = cell.paragraphs[0].style
            assert style.name == "Table Text"
            assert style.paragraph_format.line_spacing_rule.name == "SINGLE"
            assert all(run._element.rPr.rFonts.get(qn("w:eastAsia")) for run in cell.paragraphs[0].runs)
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert text.split("\n")[1] in load(tmp_path / "draft.docx")[0].text


def test_a_single_row_is_a_paragraph() -> None:
    draft = Draft("总结", "", 2025, (Section("一、概况", 1, "甲 | 乙"),))
    document = compose(draft)
    assert document.tables == []
    assert "甲 | 乙" in [p.text for p in document.paragraphs]


def test_merged_cells_stay_merged(tmp_path: Path) -> None:
    document = docx.Document()
    from assistant.export import word_layout

    word_layout.prepare(document)
    cells = [
        (0, 0, 2, 1, "指标"),
        (0, 1, 1, 2, "数量"),
        (1, 1, 1, 1, "2024年"),
        (1, 2, 1, 1, "2025年"),
        (3, 0, 1, 3, "注"),
    ]
    add_table(document, cells)
    document.save(str(tmp_path / "t.docx"))
    (block,) = [one for one in load(tmp_path / "t.docx")[0].blocks if one.kind == "table"]
    shapes = {(cell.row, cell.column): (cell.row_span, cell.column_span) for cell in block.cells}
    assert shapes[0, 0] == (2, 1)
    assert shapes[0, 1] == (1, 2)
    assert shapes[3, 0] == (1, 3)


@pytest.mark.parametrize(
    ("line", "is_row"), [("甲 | 乙", True), ("|甲|乙|", True), ("甲|乙", False), ("|", False)]
)
def test_which_lines_are_rows(line: str, is_row: bool) -> None:
    assert is_table_line(line) is is_row


def test_rows_of_different_lengths() -> None:
    assert [cell[:2] for cell in rows_of_text(["甲 | 乙", "丙"])] == [(0, 0), (0, 1), (1, 0)]
