"""Figures bound to what they say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.loaders import load_text
from assistant.quantities import bind, bind_text
from assistant.quantities.parts import part_of
from assistant.records import Block, Cell, Claim, Document, Reading, Span


def claims(text: str) -> list[Claim]:
    return bind_text(text, 2025)


def rows(text: str) -> list[tuple[str, str]]:
    return [(claim.quantity.text, claim.indicator) for claim in claims(text)]


def test_later_clauses_carry_the_indicator() -> None:
    level, rate = claims("技术合同登记额5.6亿元，同比增长18.3%")
    assert (level.indicator, rate.indicator) == ("技术合同登记额", "技术合同登记额")
    assert level.indicator_span == Span(0, 7)
    assert rate.indicator_span is None
    assert (level.kind, rate.kind, rate.direction, rate.comparator) == ("level", "rate", "up", "year_on_year")


def test_nothing_is_carried_into_the_next_sentence() -> None:
    assert rows("技术合同登记额5.6亿元。同比增长18.3%。")[1][1] == ""


@pytest.mark.parametrize(
    "lead", ["", "强化科技强农，", "坚持创新驱动，优化服务，", "聚焦主责主业，完善机制，"]
)
@pytest.mark.parametrize(
    "clause",
    [
        "选任科技特派员126名",
        "有效高新技术企业总量达86家，全市第2位",
        "技术合同登记额5.6亿元，同比增长18.3%",
        "制定修订583项国家标准",
        "六大优势产业、高技术制造业增加值分别增长6.8%、12.3%",
        "常住人口城镇化率由65.1%提高到67.9%",
        "开展培训215次，培训6820人次",
    ],
)
def test_a_lead_in_changes_nothing(lead: str, clause: str) -> None:
    def bound(text: str) -> list[tuple[object, ...]]:
        return [
            (c.quantity.text, c.indicator, c.status, c.kind, c.direction, c.comparator) for c in claims(text)
        ]

    assert bound(lead + clause + "。") == bound(clause + "。")


def test_lists_bind_in_order() -> None:
    assert rows("六大优势产业、高技术制造业、绿色低碳优势产业增加值分别增长6.8%、12.3%、7.8%") == [
        ("6.8%", "六大优势产业增加值"),
        ("12.3%", "高技术制造业增加值"),
        ("7.8%", "绿色低碳优势产业增加值"),
    ]
    assert [name for _, name in rows("新增高企、科小、瞪羚企业分别为23家、142家和3家")] == [
        "高新技术企业",
        "科技型中小企业",
        "瞪羚企业",
    ]


def test_the_noun_may_follow_the_figure() -> None:
    assert rows("制定修订583项国家标准。新增23家高新技术企业。") == [
        ("583项", "国家标准"),
        ("23家", "高新技术企业"),
    ]


def test_a_longer_name_than_the_known_one() -> None:
    assert rows("高校毕业生初次就业率77.8%") == [("77.8%", "高校毕业生初次就业率")]


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("预计全年研发经费投入强度达2.6%", "level", "forecast"),
        ("力争新增高企20家以上", "level", "plan"),
        ("确保城镇新增就业2万人", "level", "plan"),
        ("完成年度目标的105%", "completion", "actual"),
        ("出口总额占全省出口总量的5.8%", "share", "actual"),
        ("规上工业增加值增长5%", "rate", "actual"),
        ("赤字规模比上年增加2300亿元", "change", "actual"),
        ("研发投入强度提高0.2个百分点", "change", "actual"),
        ("有效发明专利拥有量居全市第2位", "rank", "actual"),
        ("专项债券是上年的1.7倍", "multiple", "actual"),
        ("常住人口城镇化率达到67.9%", "level", "actual"),
        ("常住人口城镇化率提高到67.9%", "level", "actual"),
    ],
)
def test_kind_and_status(text: str, kind: str, status: str) -> None:
    (claim, *_) = claims(text)
    assert (claim.kind, claim.status) == (kind, status)


def test_periods_and_subjects() -> None:
    (claim,) = claims("全县前三季度规上工业增加值增长5%")
    assert claim.subject == "全县"
    assert claim.period is not None
    assert claim.period.years == (2025,)
    (whole_year,) = claims("规上工业增加值增长5%")
    assert whole_year.period is not None
    assert whole_year.period.relative
    assert bind_text("规上工业增加值增长5%")[0].period is None


def test_the_earlier_year_is_not_the_period_of_a_comparison() -> None:
    (claim,) = claims("高新技术企业比2020年增加40家")
    assert claim.period is not None
    assert claim.period.years == (2025,)


def test_empty_and_figureless() -> None:
    assert claims("") == []
    assert claims("坚持以人民为中心的发展思想。") == []


def test_masked_figures_are_bound() -> None:
    (claim,) = claims("新认定高新技术企业xx家")
    assert (claim.quantity.kind, claim.indicator) == ("masked", "高新技术企业")


def test_parts_follow_the_headings() -> None:
    text = "一、2025年工作开展情况\n新认定高企23家。\n二、2026年工作计划\n力争新认定高企25家。\n三、名词解释\n高企：共86家。"
    (document,) = load_text(text)
    bound = bind(replace(document, year=Reading("2025", "given")))
    assert [claim.part for claim in bound] == ["review", "plan", "definition"]
    assert [claim.period.years for claim in bound[:2] if claim.period] == [(2025,), (2026,)]
    for claim in bound:
        assert claim.quantity.span.of(document.text) == claim.quantity.text


def test_a_glossary_defines() -> None:
    entries = "\n".join(f"{n}.“工程{n}”：到2030年布局{n}0个专项。" for n in range(1, 6))
    (document,) = load_text("一、工作回顾\n新认定高企23家。\n" + entries)
    assert [claim.part for claim in bind(document)][1:] == ["definition"] * 5


@pytest.mark.parametrize(
    ("heading", "year", "part"),
    [
        ("一、2025年工作回顾", 2025, "review"),
        ("二、2026年工作安排", 2025, "plan"),
        ("二、2026年工作", 2025, "plan"),
        ("三、存在问题", 2025, "review"),
        ("四、下一步工作打算", None, "plan"),
        ("附：名词解释", None, "definition"),
        ("（一）聚焦创新要素", 2025, ""),
        ("一、强化规划引领", 2025, ""),
        ("（二）聚焦目标任务，推进工作部署", 2025, ""),
        ("二、认真谋划明年工作", 2025, "plan"),
        ("三、全力抓好2026年重点工作", None, "plan"),
    ],
)
def test_part_of(heading: str, year: int | None, part: str) -> None:
    assert part_of(heading, year) == part


def table(lines: list[list[str]]) -> Document:
    """A Document that is one table, cells parted by tabs."""
    text, cells, at = "", [], 0
    for row, line in enumerate(lines):
        for column, words in enumerate(line):
            cells.append(Cell(row, column, Span(at, at + len(words))))
            at += len(words) + 1
        text += "\t".join(line) + "\n"
    (plain,) = load_text("表")
    block = Block("table", Span(0, len(text) - 1), cells=tuple(cells))
    return replace(plain, text=text[:-1], blocks=(block,))


def test_table_rows_bind() -> None:
    document = table(
        [
            ["指标", "2024年", "2025年"],
            ["高企（家）", "63家", "86家"],
            ["技术合同登记额", "4.7亿元", "5.6亿元"],
        ]
    )
    found = {claim.quantity.text: claim.indicator for claim in bind(document)}
    assert found["86家"] == "高新技术企业"
    assert found["4.7亿元"] == "技术合同登记额"


def test_one_long_sentence_is_bound_in_linear_time() -> None:
    text = "，".join(f"新增平台{n}个" for n in range(5000))
    assert len(claims(text)) == 5000
