"""Which year a figure is for, in reports that look back on their own year and in those on the year before."""

from __future__ import annotations

import pytest

from assistant.loaders import load_text
from assistant.quantities import bind, bind_text
from assistant.quantities.parts import reviewed_year
from assistant.records import Document

GOVERNMENT = """2025年云溪县政府工作报告

各位代表：

一、2024年工作回顾

全县地区生产总值增长6.1%。上半年完成工业投资3.2亿元。去年，新增就业2300人。1—11月，税收收入4.1亿元。

二、2025年工作安排

地区生产总值增长6%左右。今年力争新增就业2500人。上半年开工亿元项目5个。
"""
SUMMARY = """云溪县科学技术局2024年工作总结和2025年工作计划

一、2024年工作开展情况

全年新认定高新技术企业17家。去年认定15家。今年技术合同登记额4.73亿元。

二、2025年工作计划

有效高新技术企业总量达到85家。明年技术合同登记额达到5.5亿元。
"""


def loaded(text: str) -> Document:
    (document, *_) = load_text(text)
    return document


def years(document: Document) -> dict[str, int | None]:
    return {
        claim.quantity.text: claim.period.years[-1] if claim.period and claim.period.years else None
        for claim in bind(document)
    }


def test_a_government_report_tells_the_year_before_and_plans_its_own() -> None:
    document = loaded(GOVERNMENT)
    assert (document.genre, document.reported_year) == ("government-report", 2025)
    assert document.reviewed_year == reviewed_year(document) == 2024
    assert years(document) == {
        "6.1%": 2024,
        "3.2亿元": 2024,
        "2300人": 2024,
        "4.1亿元": 2024,
        "6%": 2025,
        "2500人": 2025,
        "5个": 2025,
    }


def test_an_annual_summary_tells_its_own_year_and_plans_the_next() -> None:
    document = loaded(SUMMARY)
    assert document.reviewed_year == reviewed_year(document) == document.reported_year == 2024
    assert years(document) == {
        "17家": 2024,
        "15家": 2023,
        "4.73亿元": 2024,
        "85家": 2025,
        "5.5亿元": 2025,
    }


def test_a_government_report_of_the_years_end_says_so_in_its_heading() -> None:
    document = loaded(GOVERNMENT.replace("2025年云溪县", "2024年云溪县"))
    assert reviewed_year(document) == document.reported_year == 2024
    assert years(document)["6.1%"] == 2024
    assert years(document)["6%"] == 2025


def test_a_heading_of_five_years_names_no_other_year() -> None:
    document = loaded(GOVERNMENT.replace("一、2024年工作回顾", "一、2020—2024年工作回顾"))
    assert reviewed_year(document) == 2024


def test_a_report_without_a_year_has_none() -> None:
    document = loaded("各位代表：\n\n一、工作回顾\n\n全县地区生产总值增长6.1%。\n")
    assert reviewed_year(document) is None
    assert set(years(document).values()) == {None}


@pytest.mark.parametrize(
    ("text", "part", "now", "expected"),
    [
        ("今年完成投资3亿元", "", None, 2024),
        ("今年完成投资3亿元", "", 2025, 2025),
        ("去年完成投资3亿元", "", 2025, 2024),
        ("上半年完成投资3亿元", "", 2025, 2024),
        ("完成投资3亿元", "plan", None, 2025),
        ("今年完成投资3亿元", "plan", 2025, 2025),
        ("明年完成投资3亿元", "plan", None, 2025),
        ("去年完成投资3亿元", "plan", None, 2024),
        ("2021年完成投资3亿元", "plan", None, 2021),
    ],
)
def test_what_the_words_for_years_count_from(text: str, part: str, now: int | None, expected: int) -> None:
    (claim,) = bind_text(text, 2024, part, now)  # type: ignore[arg-type]
    assert claim.period is not None
    assert claim.period.years == (expected,)
