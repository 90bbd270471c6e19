from __future__ import annotations

from pathlib import Path

import pytest
from archive.made import document

from assistant.chat import Answer, Chat
from assistant.records import Document
from chat.conftest import TODAY, opened


def _report(year: int, text: str, office: str = "科学技术局", **fields: object) -> Document:
    return document(
        f"东山县{office}{year}年工作总结",
        [("heading", 1, "一、工作情况"), text],
        year=year,
        place="东山县",
        organisation=f"东山县{office}",
        **fields,
    )


def _ask(home: Path, documents: list[Document], question: str) -> Answer:
    with opened(home, documents) as archive:
        return Chat(archive, today=lambda: TODAY).answer(question)


def test_points_in_other_units_are_drawn_in_the_first_ones(tmp_path: Path) -> None:
    documents = [_report(2022, "技术合同登记额9500万元。"), _report(2023, "技术合同登记额1.2亿元。")]
    answer = _ask(tmp_path, documents, "东山县历年技术合同登记额")
    assert answer.figures == ("9500万元", "1.2亿元")
    assert answer.series is not None
    assert answer.series.unit == "万元"
    assert answer.series.lines[0][1] == ((2022, 9500.0), (2023, 12000.0))


def test_totals_and_additions_are_not_mixed(tmp_path: Path) -> None:
    documents = [
        _report(2022, "新认定高新技术企业14家，有效总量49家。"),
        _report(2023, "新认定高新技术企业16家，有效总量61家。"),
    ]
    assert _ask(tmp_path / "a", documents, "东山县历年高新技术企业").figures == ("49家", "61家")
    assert _ask(tmp_path / "b", documents, "东山县历年新认定高新技术企业").figures == ("14家", "16家")


def test_targets_are_no_results(tmp_path: Path) -> None:
    documents = [_report(2022, "技术合同登记额3.4亿元，力争明年技术合同登记额达到4亿元。")]
    answer = _ask(tmp_path, documents, "东山县历年技术合同登记额")
    assert answer.figures == ("3.4亿元",)


def test_growth_over_the_years(tmp_path: Path) -> None:
    documents = [
        _report(2022, "技术合同登记额3.4亿元，同比增长19.2%。"),
        _report(2023, "技术合同登记额4.1亿元，同比下降2.5%。"),
    ]
    answer = _ask(tmp_path, documents, "东山县历年技术合同登记额增速")
    assert "增长19.2%" in answer.text
    assert "下降2.5%" in answer.text


def test_contradicting_points_are_all_shown_and_said(tmp_path: Path) -> None:
    documents = [
        _report(2023, "有效高新技术企业总量61家。"),
        _report(2024, "有效高新技术企业总量73家。2023年有效高新技术企业总量65家。"),
    ]
    answer = _ask(tmp_path, documents, "东山县历年高新技术企业")
    assert {"61家", "65家", "73家"} <= set(answer.figures)
    assert "2023年的高新技术企业各来源不一致" in answer.notes[0]


@pytest.mark.parametrize("kind", ["policy", "facts"])
def test_policies_are_no_points_of_a_series(tmp_path: Path, kind: str) -> None:
    documents = [
        _report(2023, "有效高新技术企业总量61家。"),
        _report(2022, "有效高新技术企业总量达到50家。", "人民政府", genre="policy"),
    ]
    answer = _ask(tmp_path / kind, documents, "东山县历年高新技术企业")
    assert answer.figures == ("61家",)


def test_every_point_is_cited_by_its_own_passage(tmp_path: Path) -> None:
    documents = [_report(year, f"有效高新技术企业总量{year - 1980}家。") for year in (2021, 2022, 2023, 2024)]
    answer = _ask(tmp_path, documents, "东山县历年高新技术企业")
    assert len(answer.statements) == 4
    assert len({one.citations[0].passage_id for one in answer.statements}) == 4
    for statement in answer.statements:
        assert statement.figures[0] in statement.citations[0].quote
        assert statement.citations[0].title in {one.title for one in answer.consulted}
