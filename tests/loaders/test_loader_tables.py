"""Spreadsheets and separated text: places, merged cells, units, number formats, hidden sheets."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from samples.build import xlsx, zipped
from samples.raising import refused

from assistant.errors import FileRefused, FileUnreadable
from assistant.loaders import load
from assistant.loaders.csv import read_csv
from assistant.loaders.sheets import Sheet, column_letters, given_in, place, sheet_lines
from assistant.loaders.xlsx import read_xlsx, shown

ROWS = [["指标", "2024年", "2025年"], ["高企（家）", 63, 86], ["研发投入", 5.6, 6.02]]


def test_table_with_places() -> None:
    (line,) = read_xlsx(xlsx({"指标": ROWS}), "表.xlsx").lines
    assert line.kind == "table"
    assert line.place == "指标!A1:C3"
    assert line.text == "指标 | 2024年 | 2025年\n高企（家） | 63 | 86\n研发投入 | 5.6 | 6.02"
    assert {line.text[cell.start : cell.end]: cell.place for cell in line.cells}["86"] == "指标!C2"


def test_places_reach_the_document(tmp_path: Path) -> None:
    path = tmp_path / "云溪县主要指标.xlsx"
    path.write_bytes(xlsx({"指标": ROWS}))
    (document,) = load(path)
    assert document.genre == "statistics"
    assert document.title == "云溪县主要指标"
    (block,) = document.blocks
    assert block.place == "指标!A1:C3"
    assert [cell.place for cell in block.cells if cell.span.of(document.text) == "86"] == ["指标!C2"]


def test_title_unit_and_note_around_a_table() -> None:
    rows = [["云溪县2025年主要指标"], [None, None, "单位：万元"], *ROWS, ["注：含预计数"], [], ["县统计局"]]
    lines = read_xlsx(xlsx({"表1": rows}, merged=["A1:C1"]), "表.xlsx").lines
    assert [(line.text, line.kind, line.place) for line in lines if line.kind != "table"] == [
        ("云溪县2025年主要指标", None, "表1!A1"),
        ("单位：万元", "metadata", "表1!C2"),
        ("注：含预计数", "footnote", "表1!A6"),
        ("县统计局", None, "表1!A8"),
    ]
    assert [line.place for line in lines if line.kind == "table"] == ["表1!A3:C5"]


def test_merged_cells_stand_once() -> None:
    rows = [["指标", "完成情况", None], [None, "实际", "计划"], ["高企", 23, 30]]
    (line,) = read_xlsx(xlsx({"表": rows}, merged=["A1:A2", "B1:C1"]), "表.xlsx").lines
    assert line.text == "指标 | 完成情况\n实际 | 计划\n高企 | 23 | 30"
    assert [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in line.cells[:4]] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
    ]


def test_numbers_as_excel_shows_them() -> None:
    rows = [["增速", "金额", "总量", "普通"], [0.183, 5.6, 1280, 0.1 + 0.2]]
    formats = {"A2": "0.0%", "B2": "0.00", "C2": "#,##0"}
    (line,) = read_xlsx(xlsx({"表": rows}, formats=formats), "表.xlsx").lines
    assert line.text.split("\n")[1] == "18.3% | 5.60 | 1,280 | 0.3"


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.1834, "0.0%", "18.3%"),
        (0.185, "0%", "19%"),
        (0.183333333, "General", "0.183333333"),
        (-0.021, "0.0%;[Red]-0.0%", "-2.1%"),
        (23.0, "", "23"),
        (23, "", "23"),
        (1e15, "", "1000000000000000"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (5.6, '0.0"亿元"', "5.6"),
        (2.5, "0.00E+00", "2.5"),
        (45000.5, "yyyy/m/d", "45000.5"),
        (float("nan"), "", ""),
        (True, "", "是"),
        (False, "", "否"),
        ("  甲\n乙 ", "", "甲 乙"),
        (datetime.date(2025, 3, 1), "", "2025-03-01"),
        (datetime.datetime(2025, 3, 1), "", "2025-03-01"),
        (datetime.datetime(2025, 3, 1, 9, 30), "", "2025-03-01 09:30"),
    ],
)
def test_shown(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


def test_sheets_in_order_and_hidden_ones_told() -> None:
    content = read_xlsx(
        xlsx(
            {"甲": [["一", 1], ["二", 2]], "乙": [["三", 3], ["四", 4]], "暗": [["五", 5], ["六", 6]]},
            hidden=["暗"],
        ),
        "表.xlsx",
    )
    assert [line.place for line in content.lines] == ["甲!A1:B2", "乙!A1:B2"]
    assert content.notes == ("隐藏的工作表 1 张未读入",)


def test_blank_rows_part_tables_and_blank_columns_keep_places() -> None:
    rows = [[None, "甲", 1], [None, "乙", 2], [], [None, None, "丙", 3], [None, None, "丁", 4]]
    lines = read_xlsx(xlsx({"表": rows}), "表.xlsx").lines
    assert [line.place for line in lines] == ["表!B1:C2", "表!C4:D5"]


def test_empty_workbook(tmp_path: Path) -> None:
    path = tmp_path / "空.xlsx"
    path.write_bytes(xlsx({"表": []}))
    with refused(FileUnreadable, "没有文字"):
        load(path)


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04", b"nothing", zipped({"xl/workbook.xml": "<workbook"}), zipped({"a": "b"})]
)
def test_broken_workbooks(data: bytes) -> None:
    with refused(FileUnreadable, "Excel 文件已损坏"):
        read_xlsx(data, "表.xlsx")


# -- metadata in the first rows -------------------------------------------------------------------


def test_given_in_the_first_rows() -> None:
    rows = [["标题：", "甲报告"], ["单位", "", "甲局"], ["Year", "2025"], ["序号", "内容"], ["地区", "乙县"]]
    assert given_in(Sheet("表", rows)) == {"title": "甲报告", "organisation": "甲局", "year": "2025"}


@pytest.mark.parametrize("rows", [[], [["标题"]], [["标题", "甲", "乙"]], [["指标", "23"]]])
def test_no_metadata_rows(rows: list[list[str]]) -> None:
    assert given_in(Sheet("表", rows)) == {}


# -- places ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (16383, "XFD")]
)
def test_column_letters(column: int, letters: str) -> None:
    assert column_letters(column) == letters
    assert place("表", 2, column) == f"表!{letters}3"
    assert place("", 2, column) == f"{letters}3"


def test_single_column_lists_are_lines() -> None:
    rows = [["新增企业23家"], ["建成平台3个"], ["注：截至年底"]]
    kinds = [(line.text, line.kind) for line in sheet_lines(Sheet("表", rows), 1)]
    assert kinds == [("新增企业23家", None), ("建成平台3个", None), ("注：截至年底", "footnote")]


# -- separated text -------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [",", "\t", ";", "，", "|"])
def test_separators(mark: str) -> None:
    text = mark.join(("指标", "数值")) + "\n" + mark.join(("高企", "23")) + "\n"
    (line,) = read_csv(text.encode(), "表.csv").lines
    assert line.text == "指标 | 数值\n高企 | 23"
    assert line.place == "A1:B2"


def test_without_header_quoted_and_in_gb18030() -> None:
    (line,) = read_csv('高企,23\n"研发投入,亿元","1,280"\n'.encode("gb18030"), "表.csv").lines
    assert line.text == "高企 | 23\n研发投入,亿元 | 1,280"


def test_ragged_rows() -> None:
    (line,) = read_csv(b"a,b,c\n1\n2,3\n", "表.csv").lines
    assert line.text == "a | b | c\n1 |  | \n2 | 3 | "


def test_too_many_rows() -> None:
    with refused(FileRefused, "100000 行"):
        read_csv(b"1,2\n" * 100_001, "表.csv")


def test_one_huge_field() -> None:
    with refused(FileUnreadable, "不是有效的表格文本"):
        read_csv(b'"' + b"a" * 200_000 + b'",1\n', "表.csv")


def test_empty_csv(tmp_path: Path) -> None:
    path = tmp_path / "空.csv"
    path.write_bytes(b",,,\n,,\n")
    with refused(FileUnreadable, "没有文字"):
        load(path)
