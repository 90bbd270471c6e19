"""Drafts and sources that are not as they should be."""

from __future__ import annotations

import pytest

from assistant.checking import Sources, check
from tests.checking.reports import checked, document, serious

FACTS = ("新认定高新技术企业128家", "技术合同登记额5.6亿元，同比增长18.3%")


def test_a_draft_without_figures() -> None:
    report = checked("一、总体要求\n坚持创新驱动发展，全面完成各项任务。", *FACTS)
    assert report.coverage.seen == 0
    assert not serious(report)


def test_a_draft_with_5000_figures() -> None:
    text = "\n".join(
        "".join(f"第{n}项工程投资{n * 10 + i}万元，" for i in range(10)) + "完成。" for n in range(500)
    )
    report = check(document(text), Sources.of(FACTS))
    assert report.coverage.seen >= 5000


def test_one_sentence_without_punctuation() -> None:
    text = "强化主体培育新认定高新技术企业182家促进成果转化技术合同登记额5.6亿元" + "推进平台建设" * 2000
    (finding,) = serious(checked(text, *FACTS))
    assert finding.rule == "number.transposed"


def test_a_draft_of_300_pages() -> None:
    page = "（一）强化主体培育。坚持把企业作为创新主体，持续完善梯度培育机制，推动创新要素集聚。" * 15
    pages = [f"{page}新认定高新技术企业128家，培育平台{n}个。" for n in range(300)]
    text = "\n".join(pages)
    assert len(text) > 180_000
    report = check(document(text), Sources.of(FACTS))
    assert report.coverage.supported >= 300


def test_traditional_characters() -> None:
    report = checked("新認定高新技術企業128家，技術合同登記額5.6億元，同比增長18.3%。", *FACTS)
    assert report.coverage.seen == 3
    assert sum((report.coverage.supported, report.coverage.unsupported, report.coverage.not_assessable)) == 3


@pytest.mark.parametrize("written", ["１２８家", "1 2 8 家", "128 家", "一百二十八家"])
def test_digits_of_any_width_or_split(written: str) -> None:
    assert not serious(checked(f"新认定高新技术企业{written}。", *FACTS))


def test_half_width_punctuation() -> None:
    report = checked("新认定高新技术企业128家,技术合同登记额5.6亿元,同比增长18.3%;成效明显.", *FACTS)
    assert report.coverage.supported == 3


def test_facts_without_figures_or_empty() -> None:
    report = checked("新认定高新技术企业128家。", "强化党建引领", "")
    assert report.coverage.unsupported == 1


def test_a_prior_report_of_the_same_or_a_later_year_is_not_compared() -> None:
    draft, later = document("全县连续5年无重大森林火灾。"), document("全县连续8年无重大森林火灾。", 2026)
    report = check(draft, Sources.of((), [later]))
    assert not serious(report)
    assert any("2026" in note for note in report.notes)


def test_a_prior_report_of_another_body_is_not_compared() -> None:
    draft = document("全县连续5年无重大森林火灾。", 2025, "云溪县林业局")
    other = document("全县连续8年无重大森林火灾。", 2024, "青江县林业局")
    report = check(draft, Sources.of((), [other]))
    assert not serious(report)
    assert any("青江县林业局" in note for note in report.notes)


def test_without_a_year_the_prior_report_is_still_no_obstacle() -> None:
    report = check(
        document("全县连续5年无重大森林火灾。", None), Sources.of((), [document("连续8年。", None)])
    )
    assert report.coverage.seen >= 0


def test_masked_figures_are_not_counted_as_figures() -> None:
    report = checked("新认定高新技术企业xx家。", *FACTS)
    assert report.coverage.seen == 0


def test_a_draft_without_a_clause_to_compare_and_a_prior_report() -> None:
    prior = document("研发投入5.2亿元，增长8%。", 2024)
    report = check(document("开展主题教育。"), Sources.of((), [prior]))
    assert report.coverage.seen == 0
    assert not serious(report)
