"""The check as a whole: coverage, order, evidence, fixes, switches."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.checking import RULES, Sources, check
from assistant.drafting.facts import bound
from assistant.records import Fact, FactSection, FactsFile
from tests.checking.reports import checked, document, serious

FACTS = (
    "新认定高新技术企业23家，有效高新技术企业总量达86家",
    "技术合同登记额5.6亿元，同比增长18.3%",
    "争取省级项目资金2.3亿元",
)
DRAFT = (
    "一、2025年工作开展情况\n"
    "强化主体培育，新认定高新技术企业23家，有效高新技术企业总量达86家。"
    "促进成果转化，技术合同登记额5.6亿元，同比增长18.3%；争取省级项目资金2.3亿元。"
)


def test_a_true_draft_has_no_finding() -> None:
    report = checked(DRAFT, *FACTS)
    assert report.findings == ()
    assert report.clean
    assert (report.coverage.seen, report.coverage.supported) == (5, 5)


def test_each_missing_fact_is_told() -> None:
    report = checked("新认定高新技术企业23家，有效高新技术企业总量达86家。", *FACTS)
    missing = [one.message for one in report.findings if one.rule == "facts.omitted"]
    assert len(missing) == 2
    assert "技术合同登记额" in missing[0] + missing[1]


@pytest.mark.parametrize(
    "draft", [DRAFT, DRAFT.replace("86家", "68家"), DRAFT + "培育瞪羚企业7家。", "没有数字。", ""]
)
def test_coverage_adds_up(draft: str) -> None:
    coverage = checked(draft or "。", *FACTS).coverage
    parts = (coverage.supported, coverage.derived, coverage.unsupported, coverage.not_assessable)
    assert sum(parts) == coverage.seen


def test_derived_figures_are_counted_as_such() -> None:
    report = checked(
        "技术合同登记额由4.7亿元增加到5.6亿元，增长19.1%。", "技术合同登记额由4.7亿元增加到5.6亿元"
    )
    assert (report.coverage.supported, report.coverage.derived) == (2, 1)
    assert report.clean


def test_without_sources_nothing_is_passed_as_supported() -> None:
    coverage = check(document(DRAFT)).coverage
    assert (coverage.supported, coverage.not_assessable) == (0, coverage.seen)


def test_findings_are_in_text_order_and_the_same_twice() -> None:
    draft = DRAFT.replace("86家", "68家").replace("18.3%", "13.8%").replace("2.3亿元", "2.3万元")
    first, second = checked(draft, *FACTS), checked(draft, *FACTS)
    assert first == second
    spans = [finding.span for finding in first.findings]
    assert spans == sorted(spans)
    assert [finding.rule for finding in serious(first)] == [
        "number.transposed",
        "number.transposed",
        "unit.mismatch",
    ]


def test_a_finding_walks_back_to_its_source() -> None:
    draft = DRAFT.replace("86家", "68家")
    (finding,) = serious(checked(draft, *FACTS))
    assert finding.span.of(document(draft).text) == "68家"
    assert finding.evidence[0].source == "facts"
    assert finding.evidence[0].place == "F01"
    assert "86家" in finding.evidence[0].quote
    assert finding.fix is not None
    assert finding.fix.text == "86家"


def test_applying_every_fix_leaves_nothing_to_fix() -> None:
    draft = document(
        DRAFT.replace("86家", "68家").replace("18.3%", "13.8%").replace("2.3亿元", "2.3万元")
    ).text
    report = checked(draft, *FACTS)
    for finding in sorted(serious(report), key=lambda f: -f.span.start):
        assert finding.fix is not None
        span = finding.fix.span
        draft = draft[: span.start] + finding.fix.text + draft[span.end :]
    assert not serious(checked(draft, *FACTS))


def test_rules_can_be_switched_off() -> None:
    draft, sources = document(DRAFT.replace("86家", "68家")), Sources.of(FACTS)
    assert [f.rule for f in check(draft, sources).findings if f.severity == "error"] == ["number.transposed"]
    assert not [
        f for f in check(draft, sources, off=("number.transposed",)).findings if f.severity == "error"
    ]
    assert check(draft, sources, rules=()).findings == ()
    assert check(draft, sources, off=[rule.id for rule in RULES]).findings == ()


def test_a_facts_file_is_read_with_its_places() -> None:
    facts = tuple(Fact(f"F0{n}", text, place=f"第{n}行") for n, text in enumerate(FACTS, 1))
    file = FactsFile("事实.md", "总结", "某局", 2025, "annual-summary", (FactSection("一、成效", 1, facts),))
    report = check(document(DRAFT.replace("23家", "32家")), Sources.of(file))
    (finding,) = serious(report)
    assert (finding.evidence[0].title, finding.evidence[0].place) == ("事实.md", "第1行")


def test_facts_that_contradict_each_other_are_both_shown() -> None:
    facts = (
        Fact("F01", "有效高新技术企业达86家", place="第1行"),
        Fact("F02", "有效高新技术企业达68家", place="第2行"),
    )
    file = FactsFile("事实.md", "总结", "某局", 2025, "annual-summary", (FactSection("一、成效", 1, facts),))
    (finding,) = serious(check(document("有效高新技术企业达86家。"), Sources.of(file)))
    assert finding.rule == "facts.conflict"
    assert [evidence.place for evidence in finding.evidence] == ["第1行", "第2行"]


@pytest.mark.parametrize(
    ("stated", "fact"),
    [
        ("18.3%", "18.34%"),
        ("5.6亿元", "56021万元"),
        ("5.6亿元", "5.6亿元"),
        ("超2000亿元", "2013.6亿元"),
        ("近90家", "89家"),
        ("20余家", "23家"),
        ("1280家", "1,280家"),
    ],
)
def test_rounding_units_and_bounds_are_silent(stated: str, fact: str) -> None:
    assert not serious(checked(f"全县技术合同登记规模达{stated}。", f"全县技术合同登记规模达{fact}"))


@pytest.mark.parametrize(
    ("stated", "fact", "rule"),
    [
        ("超2000亿元", "1987亿元", "number.unsupported"),
        ("18.3%", "18.7%", "number.unsupported"),
        ("5.6万元", "5.6亿元", "unit.mismatch"),
        ("2.1%", "2.1个百分点", "percent.points"),
        ("1208家", "1280家", "number.transposed"),
        ("520万吨以上", "250万吨以上", "number.transposed"),
    ],
)
def test_real_differences_are_told(stated: str, fact: str, rule: str) -> None:
    found = serious(checked(f"全县技术合同登记规模达{stated}。", f"全县技术合同登记规模达{fact}"))
    assert rule in [finding.rule for finding in found]


def test_synonyms_are_one_indicator() -> None:
    report = checked(
        "有效高企总量达86家，R&D经费投入强度2.6%。", "有效高新技术企业总量达86家", "研发投入强度2.6%"
    )
    assert report.coverage.supported == 2
    (wrong,) = serious(checked("有效高企总量达68家。", "有效高新技术企业总量达86家"))
    assert wrong.rule == "number.transposed"


def test_other_documents_support_too() -> None:
    notice = document("全县森林覆盖率达到62.5%，位居全市前列。")
    report = check(document("生态持续改善，全县森林覆盖率达到62.5%。"), Sources.of((), (), [notice]))
    assert report.coverage.supported == 1


def test_the_formula_shows_operands_with_their_places() -> None:
    draft = "技术合同登记额由4.7亿元增加到5.6亿元，增长29.1%。"
    (finding,) = serious(checked(draft))
    assert finding.rule == "arith.growth"
    assert finding.formula == "（5.6亿元−4.7亿元）÷4.7亿元=19.1%"
    assert [e.quote for e in finding.evidence] == ["4.7亿元", "5.6亿元"]
    assert finding.fix is not None
    assert finding.fix.text == "19.1%"


def test_expected_values_are_written_like_the_stated_one() -> None:
    (finding,) = serious(
        checked("全年培训共2100人次，其中一季度300人次，二季度500人次，三季度600人次，四季度500人次。")
    )
    assert finding.fix is not None
    assert finding.fix.text == "1900人次"
    assert Decimal(finding.formula.split("=")[1].removesuffix("人次")) == 1900


PLAN = FactsFile(
    "要点.md",
    "",
    "",
    2025,
    "annual-summary",
    (
        FactSection("一、2025年工作开展情况", 1, (Fact("F01", "技术合同登记额5.6亿元"),)),
        FactSection(
            "二、2026年工作计划", 1, (Fact("F02", "新建中试基地2个"), Fact("F03", "技术合同登记额5.6亿元"))
        ),
    ),
)


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        ("一、2025年工作开展情况\n新建中试基地2个。", True),
        ("一、2025年工作开展情况\n计划新建中试基地2个。", False),
        ("二、2026年工作计划\n新建中试基地2个。", False),
        ("一、2025年工作开展情况\n技术合同登记额5.6亿元。", False),  # a result as well
    ],
)
def test_a_fact_of_the_plan_is_held_against_as_a_plan(draft: str, found: bool) -> None:
    report = check(document(draft), Sources.of(bound(PLAN)))
    assert ("plan.as_done" in {finding.rule for finding in report.findings}) is found
