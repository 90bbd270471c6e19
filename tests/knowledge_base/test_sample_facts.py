"""This year's facts files and the templates for writers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sample_archive import ROOT, Ledger, front_matter

from assistant.drafting import read_facts

FACTS = sorted(path for path in (ROOT / "facts").iterdir() if not path.stem.startswith("template"))
TEMPLATES = [ROOT / "facts" / f"template.{kind}" for kind in ("md", "xlsx", "docx")]
MAIN = ROOT / "facts" / "yunxi-2025.md"


def test_four_bureaus_one_of_them_as_a_workbook() -> None:
    assert sorted(path.suffix for path in FACTS) == [".md", ".md", ".md", ".xlsx"]


@pytest.mark.parametrize("path", FACTS, ids=lambda path: path.name)
def test_reads_with_title_bureau_year_and_sections(path: Path) -> None:
    facts = read_facts(path)
    assert facts.year == 2025
    assert facts.organisation
    assert facts.title == f"{facts.organisation}2025年工作总结和2026年工作计划"
    assert facts.genre == "annual-summary"
    assert len(facts.facts) >= 20
    main = [section.heading[:2] for section in facts.sections if section.level == 1]
    assert main == ["一、", "二、", "三、", "四、"][: len(main)]
    assert len(main) >= 3


@pytest.mark.parametrize("path", FACTS, ids=lambda path: path.name)
def test_one_fact_is_open_and_several_have_no_figure(path: Path) -> None:
    texts = [fact.text for fact in read_facts(path).facts]
    assert sum("xx" in text for text in texts) == 1
    assert sum(not re.search(r"\d", text) for text in texts) >= 3


def test_the_main_file_has_about_forty_facts_in_the_usual_sections() -> None:
    facts = read_facts(MAIN)
    assert 38 <= len(facts.facts) <= 48
    assert len([section for section in facts.sections if section.level == 2]) == 5


def test_facts_are_clauses_without_closing_punctuation() -> None:
    for path in FACTS:
        if path.suffix == ".md":
            assert front_matter(path)["note"].startswith("虚构样例")
            bullets = re.findall(r"^- (.*)$", path.read_text("utf-8"), re.M)
            assert not [
                bullet for bullet in bullets if bullet.endswith(("。", "；", "，")) or len(bullet) > 90
            ]


def test_workbook_has_one_row_a_fact() -> None:
    sheet = load_workbook(ROOT / "facts" / "yunxi-industry-2025.xlsx").active
    rows = list(sheet.iter_rows(values_only=True))
    header = rows.index(("章节", "小节", "要点", "指标", "数值", "单位", "备注说明"))
    for section, _, point, indicator, value, unit, _ in rows[header + 1 :]:
        assert section
        assert bool(point) != bool(indicator)
        assert (value is None) == (unit is None) == (indicator is None)
    assert len(read_facts(ROOT / "facts" / "yunxi-industry-2025.xlsx").facts) == len(rows) - header - 1


def test_facts_follow_last_years_reports(ledger: Ledger) -> None:
    crossing = [row for row in ledger.relations if row.year == 2025 and "@2024" in row.operands]
    assert {row.file for row in crossing} == {f"facts/{path.name}" for path in FACTS}
    assert len(crossing) >= 40


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_read_and_hold_no_figures(path: Path) -> None:
    facts = read_facts(path)
    assert len(facts.facts) >= 6
    assert all("xx" in fact.text for fact in facts.facts)
