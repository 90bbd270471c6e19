"""Each figure of a draft with its source."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from assistant.checking import Case, Sources, check_case, trace
from assistant.loaders import load_text
from assistant.records import Document, Reading

DRAFT = """甲县科技局2025年工作总结
一、工作开展情况
新认定高新技术企业18家，技术合同登记额6.5亿元。
专利由40件增加到50件，增长25%。
"""
FACTS = ("新认定高新技术企业18家", "技术合同登记额5.6亿元", "专利由40件增加到50件")


def draft(text: str = DRAFT) -> Document:
    (found,) = load_text(text)
    return replace(found, year=Reading("2025", "given"))


def test_states_add_up_to_the_coverage() -> None:
    case = Case(draft(), Sources.of(FACTS))
    coverage = check_case(case).coverage
    states = Counter(figure.state for figure in trace(case))
    assert sum(states.values()) == coverage.seen
    assert states["supported"] == coverage.supported
    assert states["derived"] == coverage.derived
    assert states["conflict"] + states["unsupported"] == coverage.unsupported


def test_rows_tell_source_place_and_derivation() -> None:
    rows = trace(Case(draft(), Sources.of(FACTS)))
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    first = rows[0]
    assert first.state == "supported"
    assert first.source is not None
    assert first.source.quote == FACTS[0]
    assert first.heading == "一、工作开展情况"
    assert first.paragraph == 3
    conflict = next(row for row in rows if row.claim.quantity.text == "6.5亿元")
    assert conflict.state == "conflict"
    assert conflict.source is not None
    derived = next(row for row in rows if row.claim.quantity.text == "25%")
    assert derived.state == "derived"
    assert "40" in derived.derivation
    assert "50" in derived.derivation


def test_figures_without_sources_are_not_assessable() -> None:
    rows = trace(Case(draft(), Sources()))
    assert {row.state for row in rows} == {"not_assessable", "derived"}
    assert all(row.source is None for row in rows)


def test_no_figures_no_rows() -> None:
    assert trace(Case(draft("甲县科技局工作总结\n各项工作有序推进。"), Sources.of(FACTS))) == ()


def test_a_policy_supports_a_figure_and_contradicts_none() -> None:
    (policy,) = load_text("关于奖补的办法\n首次认定奖励标准为20万元。\n技术合同登记额达到9亿元。")
    sources = Sources.of(("新认定高新技术企业18家",), others=[replace(policy, genre="policy")])
    text = "甲县总结\n首次认定奖励标准为20万元。技术合同登记额达到5亿元。"
    rows = {row.claim.quantity.text: row.state for row in trace(Case(draft(text), sources))}
    assert rows == {"20万元": "supported", "5亿元": "unsupported"}


def test_an_endless_sentence_is_shown_near_its_figure() -> None:
    text = "甲县总结\n" + "持续推进" * 500 + "高新技术企业18家" + "持续推进" * 500
    (row,) = trace(Case(draft(text), Sources()))
    assert "18家" in row.sentence
    assert len(row.sentence) < 500
