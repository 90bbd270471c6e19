"""The evidence table as a sheet and as Markdown."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from assistant.errors import ExportError
from assistant.export import write_evidence
from assistant.export.evidence import COLUMNS, evidence_markdown, evidence_rows

from .checked import checked, text_draft

DRAFT = "甲县总结\n一、工作开展情况\n新认定高新技术企业18家，技术合同登记额6.5亿元。专利由40件增加到50件，增长25%。"


def test_a_row_for_each_figure() -> None:
    document, report, figures = checked(text_draft(DRAFT))
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in evidence_rows(figures)]
    assert len(rows) == report.coverage.seen
    first = rows[0]
    assert first["figure"] == "18家"
    assert first["state"] == "有依据"
    assert first["quote"].startswith("新认定高新技术企业18家")
    assert first["source"].startswith("事实材料")
    assert "第3段" in first["place"]
    assert rows[1]["state"] == "与来源不符"
    assert document.title


def test_the_sheet(tmp_path: Path) -> None:
    document, report, figures = checked(text_draft(DRAFT))
    path = write_evidence([(document, report.coverage, figures)], tmp_path / "e.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet["A2"].value.startswith("共核对数字")
    assert [cell.value for cell in sheet[3]][1] == "数字"
    assert [sheet.cell(4 + n, 2).value for n in range(len(figures))] == [
        figure.claim.quantity.text for figure in figures
    ]
    assert sheet.freeze_panes == "A4"


def test_nothing_in_a_sheet_is_a_formula(tmp_path: Path) -> None:
    document, report, figures = checked(text_draft('甲县总结\n=HYPERLINK("x")登记额6.5亿元。'))
    path = write_evidence([(document, report.coverage, figures)], tmp_path / "e.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_several_drafts_are_several_sheets(tmp_path: Path) -> None:
    document, report, figures = checked(text_draft("[甲]县:总/结?*" * 8 + "\n登记额6.5亿元。"))
    one = (document, report.coverage, figures)
    book = openpyxl.load_workbook(write_evidence([one, one], tmp_path / "e.xlsx"))
    assert len(book.sheetnames) == 2


def test_markdown(tmp_path: Path) -> None:
    document, report, figures = checked(text_draft(DRAFT))
    text = evidence_markdown(document, report.coverage, figures)
    assert text.count("\n| ") == len(figures) + 1
    assert "与来源不符" in text
    path = write_evidence([(document, report.coverage, figures)], tmp_path / "e.md", "en")
    assert "differs from its source" in path.read_text("utf-8")


def test_a_draft_without_figures(tmp_path: Path) -> None:
    document, report, figures = checked(text_draft("甲县总结\n各项工作有序推进。"))
    assert figures == ()
    sheet = openpyxl.load_workbook(
        write_evidence([(document, report.coverage, figures)], tmp_path / "e.xlsx")
    ).worksheets[0]
    assert sheet.max_row == 3


def test_another_ending_is_refused(tmp_path: Path) -> None:
    document, report, figures = checked(text_draft(DRAFT))
    with pytest.raises(ExportError):
        write_evidence([(document, report.coverage, figures)], tmp_path / "e.pdf")
