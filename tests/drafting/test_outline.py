from __future__ import annotations

from pathlib import Path

from assistant.archive import Archive
from assistant.drafting import has_outline, propose_outline, read_facts
from assistant.drafting.opening import opening_section

from .conftest import written

HEAD = "---\ntitle: 清源县科学技术局2025年工作总结和2026年工作计划\norganisation: 清源县科学技术局\nyear: 2025\n---\n"
BULLETS = (
    "- 选任科技特派员142名，开展培训112场次\n- 新认定高新技术企业18家\n- 力争技术合同登记额达到6.4亿元以上\n"
)


def test_the_writers_outline_is_kept(tmp_path: Path, archive: Archive) -> None:
    facts = read_facts(written(tmp_path, HEAD + "# 一、工作\n" + BULLETS))
    assert has_outline(facts)
    assert propose_outline(facts, archive) is facts


def test_an_outline_comes_from_the_past_report_with_its_years_moved_on(
    tmp_path: Path, archive: Archive
) -> None:
    facts = propose_outline(read_facts(written(tmp_path, HEAD + BULLETS)), archive)
    assert [(section.heading, [fact.id for fact in section.facts]) for section in facts.sections] == [
        ("一、2025年工作开展情况", []),
        ("（一）壮大创新主体，激发企业活力", ["F02"]),
        ("（二）强化科技强农，建强特派员队伍", ["F01"]),
        ("二、2026年工作计划", ["F03"]),
    ]


def test_headings_without_facts_are_left_out_and_the_rest_numbered_anew(
    tmp_path: Path, archive: Archive
) -> None:
    text = HEAD + "- 选任科技特派员142名，开展培训112场次\n- 推广新技术81项\n"
    facts = propose_outline(read_facts(written(tmp_path, text)), archive)
    assert [section.heading for section in facts.sections] == [
        "一、2025年工作开展情况",
        "（一）强化科技强农，建强特派员队伍",
    ]


def test_without_a_past_report_review_and_plan_are_parted(tmp_path: Path) -> None:
    facts = propose_outline(read_facts(written(tmp_path, HEAD + BULLETS)))
    assert [(section.heading, len(section.facts)) for section in facts.sections] == [
        ("一、2025年工作开展情况", 2),
        ("二、2026年工作计划", 1),
    ]


def test_an_opening_needs_an_organisation_a_year_and_several_sections(tmp_path: Path) -> None:
    whole = propose_outline(read_facts(written(tmp_path, HEAD + BULLETS)))
    opening = opening_section(whole)
    assert opening is not None
    assert "现将2025年工作开展情况和2026年工作计划汇报如下：" in opening.text
    assert opening_section(read_facts(written(tmp_path, BULLETS))) is None
