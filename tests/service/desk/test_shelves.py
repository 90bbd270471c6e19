"""The archive at the desk: rows, readings, removal and what puts it back, search, series, health."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.archive import Filters
from assistant.errors import DocumentUnknown, QueryInvalid
from assistant.service.desk.desk import Desk
from assistant.service.desk.marking import marks_of
from assistant.settings import Settings

from .offices import ended, office_of

REPORT = """云溪县科学技术局{year}年工作总结和{next}年工作计划

一、{year}年工作开展情况
（一）聚焦创新要素。新认定高新技术企业18家，有效高新技术企业总量达{firms}家。技术合同登记额{contracts}亿元。
（二）科技强农。选任科技特派员142名，开展特派员培训112场次。
二、{next}年工作计划
有效高新技术企业总量达到{aim}家。
"""


@pytest.fixture
def desk(settings: Settings, tmp_path: Path) -> Iterator[Desk]:
    """Two reports, taken in by a job."""
    for year, firms in ((2023, 61), (2024, 73)):
        told = {"year": year, "next": year + 1, "firms": firms, "aim": firms + 12, "contracts": year - 2019.5}
        (tmp_path / f"云溪{year}.txt").write_text(REPORT.format(**told), "utf-8")
    with office_of(settings) as office:
        found = office.desk("writer")
        ended(found, found.ingest(sorted(tmp_path.glob("*.txt"))).id)
        yield found


def test_rows_and_failed_files(desk: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"PK\x03\x04 nothing")
    ended(desk, desk.ingest([bad]).id)
    view = desk.shelves.rows()
    assert [one.year for one in view.documents] == [2023, 2024]
    assert [(one.name, one.code) for one in view.failed] == [("坏.docx", "input.unreadable")]
    assert "无法读取" in view.failed[0].reason
    desk.shelves.forget_failed([str(bad)])
    assert desk.shelves.rows().failed == ()


def test_a_document_tells_where_its_metadata_was_read(desk: Desk) -> None:
    row = desk.library()[0]
    view = desk.shelves.describe(row.id)
    readings = {one.name: one for one in view.readings}
    assert readings["year"].value == "2023"
    assert "2023" in readings["year"].words
    assert [one.level for one in view.headings if one.level == 1] == [1, 1]
    text = desk.office.archive("writer").document(row.id).text
    for block in view.blocks:
        assert text[block.start :].startswith(block.text)
    assert not view.cut


def test_metadata_set_right_is_told_as_such(desk: Desk) -> None:
    row = desk.library()[0]
    desk.correct(row.id, organisation="云溪县科工信局", genre="other")
    view = desk.shelves.describe(row.id)
    assert view.row.organisation == "云溪县科工信局"
    assert next(one for one in view.readings if one.name == "organisation").origin == "given"
    assert desk.shelves.search("高新技术企业", Filters(organisation="科工信局"))


def test_removal_counts_and_can_be_undone(desk: Desk) -> None:
    first, second = desk.library()
    gone = desk.shelves.remove([first.id, first.id])
    assert (gone.documents, gone.passages) == (1, first.passages)
    assert desk.library() == (second,)
    assert all(
        hit.citation.document_id == second.id for hit in desk.shelves.search("高新技术企业", Filters())
    )
    assert desk.shelves.put_back() == 1
    assert {one.id for one in desk.library()} == {first.id, second.id}
    assert desk.shelves.put_back() == 0


def test_an_unknown_document_removes_none(desk: Desk) -> None:
    with pytest.raises(DocumentUnknown):
        desk.shelves.remove([desk.library()[0].id, "没有"])
    assert len(desk.library()) == 2


def test_hits_have_the_words_of_the_question_marked(desk: Desk) -> None:
    hit = desk.shelves.search("科技特派员培训", Filters(year=2024))[0]
    assert hit.year == 2024
    assert "特派员" in "".join(hit.text[start:end] for start, end in hit.marks)
    assert hit.citation.end == (hit.citation.start or 0) + len(hit.text)
    for question in ("", "问" * 5_000):
        with pytest.raises(QueryInvalid):
            desk.shelves.search(question, Filters())


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        ("GDP增速", "全县gdp增速6%", ["gdp增速"]),
        ("特派员", "没有这些字", []),
        ("竹产业", "𠮷竹产业𠮷竹产业", ["竹产业", "竹产业"]),
    ],
)
def test_marks(question: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in marks_of(question, text)] == marked


def test_indicators_with_their_series(desk: Desk) -> None:
    names = [one.name for one in desk.shelves.indicator_names("高新")]
    assert names == ["高新技术企业"]
    assert [one.name for one in desk.shelves.indicator_names("高企")] == ["高新技术企业"]
    total = next(one for one in desk.shelves.indicator_series("高新技术企业") if one.measure == "总量")
    told = [(one.year, one.value, one.status) for one in total.points]
    assert told == [
        (2023, "61", "actual"),
        (2024, "73", "actual"),
        (2024, "73", "plan"),
        (2025, "85", "plan"),
    ]
    assert desk.shelves.indicator_series("高新技术企业", ["没有的局"]) == ()
    narrow = desk.shelves.indicator_series("高新技术企业", ["云溪县科学技术局"], [2024])
    assert {point.year for one in narrow for point in one.points} == {2024}
    with pytest.raises(QueryInvalid):
        desk.shelves.indicator_series("")


def test_values_keep_the_unit_of_the_text(desk: Desk) -> None:
    (series,) = desk.shelves.indicator_series("技术合同登记额")
    assert series.unit == "亿元"
    assert [one.value for one in series.points] == ["3.5", "4.5"]


def test_a_table_for_a_spreadsheet(desk: Desk) -> None:
    text = desk.shelves.series_table("技术合同登记额", [], [])
    assert text.startswith("\ufeff指标,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [(row["年份"], row["数值"], row["计量单位"]) for row in rows] == [
        ("2023", "3.5", "亿元"),
        ("2024", "4.5", "亿元"),
    ]
    assert "技术合同登记额3.5亿元" in rows[0]["引文"]


def test_a_cell_is_no_formula(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "表.txt"
    path.write_text("=HYPERLINK(云溪县)科学技术局2024年工作总结\n\n+高新技术企业达73家。\n", "utf-8")
    with office_of(settings) as office:
        desk = office.desk("writer")
        office.archive("writer").ingest([path])
        rows = csv.reader(io.StringIO(desk.shelves.series_table("高新技术企业", [], [])))
        cells = [cell for row in rows for cell in row]
        assert any("73" in cell for cell in cells)
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_health_and_repair(desk: Desk, settings: Settings) -> None:
    assert desk.shelves.health().sound
    desk.office.archive("writer").close()
    for folder in (settings.home / "archive").glob("keywords-*"):
        shutil.rmtree(folder)
    with office_of(settings) as office:
        shelves = office.desk("writer").shelves
        assert not shelves.health().sound
        mended = shelves.repair()
        assert mended.sound
        assert mended.done
        assert shelves.search("科技特派员", Filters())
