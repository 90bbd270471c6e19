"""Earlier reports, repeated mentions, commitments."""

from __future__ import annotations

import pytest

from assistant.checking import Case, Sources
from assistant.checking.consistency import conflicts, recapitulations
from assistant.checking.prior import clauses, contradictions
from assistant.records import Document
from tests.checking.reports import document


def found(draft: str, *prior: Document) -> list[tuple[str, str, str]]:
    return [(e.operation, e.stated, e.expected) for e in contradictions(draft, 2025, prior)]


@pytest.mark.parametrize(
    ("draft", "prior", "expected"),
    [
        ("全县连续5年无重大森林火灾。", "全县连续8年无重大森林火灾。", [("streak", "连续5年", "连续9年")]),
        ("全县连续9年无重大森林火灾。", "全县连续8年无重大森林火灾。", []),
        ("数字政府能力连续5年获评优秀。", "全县连续8年无重大森林火灾。", []),
        ("城乡低保标准由520元提高到650元。", "城乡低保标准提高到580元。", [("base", "520元", "580元")]),
        ("城乡低保标准由580元提高到650元。", "城乡低保标准提高到580元。", []),
        ("城乡低保标准由578元提高到650元。", "城乡低保标准提高到580元。", []),
        ("城乡低保标准由520元提高到650元。", "城乡低保标准提高30元。", []),
        ("全县经营主体达1163.7万户、增长3.8%。", "全县经营主体达1095.2万户。", [("growth", "3.8%", "6.3%")]),
        ("全县经营主体达1163.7万户，同比增长6.3%。", "全县经营主体达1095.2万户。", []),
        (
            "全县经营主体达1043万户，同比增长3.8%。",
            "全县经营主体达1095.2万户。",
            [("growth", "3.8%", "下降4.8%")],
        ),
        ("地区生产总值达1163.7亿元，增长3.8%。", "地区生产总值达1095.2亿元。", []),
        ("居民人均可支配收入达36000元，增长3.8%。", "居民人均可支配收入达32000元。", []),
    ],
)
def test_last_year(draft: str, prior: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(draft, document(prior, 2024)) == expected


def test_an_aim_of_last_year_is_no_base_of_growth() -> None:
    prior = "2024年工作总结和2025年工作计划\n一、2024年工作\n有序推进。\n二、2025年工作计划\n科技型中小企业入库165家。"
    assert found("入库科技型中小企业163家，同比增长15.6%。", document(prior, 2024)) == []


def test_an_older_report_counts_the_years_between() -> None:
    assert found("全县连续10年无重大森林火灾。", document("全县连续8年无重大森林火灾。", 2023)) == []


def test_a_term_of_five_years_is_not_compared_with_last_year() -> None:
    term = "五年来，" * 8 + "城乡低保标准由420元提高到650元。"
    assert found(term, document("城乡低保标准提高到580元。", 2024)) == []
    assert found(term, document("城乡低保标准提高到450元。", 2020))[0][0] == "base"


def test_no_reports_no_comparison() -> None:
    assert found("全县连续5年无重大森林火灾。") == []


def test_clauses_hold_their_figures() -> None:
    text = "甲企业1,280家，乙企业13家；连续5年增长。无数字。"
    assert [[f.text for f in clause.figures] for clause in clauses(text)] == [["1,280家"], ["13家"], []]
    for clause in clauses(text):
        assert text[clause.start : clause.start + len(clause.text)] == clause.text


def pairs(text: str) -> list[tuple[str, str]]:
    case = Case(document(text), Sources())
    return [(case.figures[a].text, case.figures[b].text) for a, b in conflicts(case)]


BODY = "\n一、2025年工作回顾\n全年建成高标准农田450万亩，港口货物吞吐量14.2亿吨，城镇新增就业2.3万人。\n二、2026年工作安排\n城镇新增就业2万人。"


def test_recapitulations_are_lines_with_a_label() -> None:
    text = "标题\n主要数据：甲12家；乙13家。\n主要目标任务如下：丙。\n正文的主要数据很多，见下：丁。"
    assert [span.of(text) for span in recapitulations(text)] == ["甲12家；乙13家。"]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("建成高标准农田450万亩；城镇新增就业2.3万人。", []),
        ("建成高标准农田750万亩；城镇新增就业2.3万人。", [("750万亩", "450万亩")]),
        ("港口货物吞吐量突破14亿吨。", []),
        ("港口货物吞吐量突破15亿吨。", [("15亿吨", "14.2亿吨")]),
        ("城镇新增就业2万人。", []),
        ("城镇新增就业3.2万人。", [("3.2万人", "2.3万人")]),
        ("新增托位540个。", []),
    ],
)
def test_a_recapitulation_agrees_with_some_mention(items: str, expected: list[tuple[str, str]]) -> None:
    assert pairs("主要数据：" + items + BODY) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("上半年审结商事案件805.3万件，同比增长7.9%。\n据介绍，审结商事案件669.9万件，同比增长7.9%。", 1),
        ("上半年审结商事案件805.3万件，同比增长7.9%。\n据介绍，审结商事案件805.3万件，同比增长7.9%。", 0),
        ("第一产业用电量139亿千瓦时，同比增长14.0%。1—7月第一产业用电量716亿千瓦时，同比增长12.3%。", 0),
        ("力争审结商事案件805.3万件，同比增长7.9%。\n审结商事案件669.9万件，同比增长7.9%。", 0),
    ],
)
def test_sentences_written_twice(text: str, count: int) -> None:
    assert len(pairs(text)) == count


def test_a_government_report_is_compared_with_the_one_before() -> None:
    text = "{0}年云溪县政府工作报告\n\n各位代表：\n\n一、{1}年工作回顾\n\n{2}\n"
    prior = document(
        text.format(2024, 2023, "高新技术企业数量由41家增加到53家。科技工作连续3年获评先进单位。"), 2024
    )
    draft = document(
        text.format(2025, 2024, "高新技术企业数量由51家增加到62家。科技工作连续3年获评先进单位。"), 2025
    )
    found = list(Case(draft, Sources.of((), [prior])).earlier)
    assert [(one.operation, one.stated, one.expected) for one in found] == [
        ("base", "51家", "53家"),
        ("streak", "连续3年", "连续4年"),
    ]


def test_a_report_on_the_same_year_is_no_earlier_one() -> None:
    government = document(
        "2025年云溪县政府工作报告\n\n各位代表：\n\n一、2024年工作回顾\n\n达到53家。\n", 2025
    )
    summary = document("2024年工作总结\n\n一、2024年工作开展情况\n\n由51家增加到62家。\n", 2024)
    case = Case(summary, Sources.of((), [government]))
    assert case.prior == []
    assert "讲的是2024年的工作" in case.notes[0]
