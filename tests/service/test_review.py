from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.archive import Archive
from assistant.drafting import DraftDone, facts_from_items
from assistant.llm import HashingEmbeddings, ScriptedChatModel
from assistant.records import Draft, FactsFile, Section
from assistant.service import drafting
from assistant.service.library import Library
from assistant.service.review import review_draft
from assistant.settings import Settings

REPORTS = Path(__file__).parents[2] / "knowledge_base" / "reports"


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    with Archive.open(settings, HashingEmbeddings()) as archive:
        library = Library(archive)
        library.ingest(sorted(REPORTS.glob("云溪县科学技术局*")))
        yield library


@pytest.fixture
def facts() -> FactsFile:
    items = ["新认定高新技术企业18家，有效高新技术企业总量达86家", "技术合同登记额5.6亿元"]
    return facts_from_items(
        "一、工作开展情况",
        items,
        year=2025,
        organisation="云溪县科学技术局",
        title="云溪县科学技术局2025年工作总结",
    )


def written(facts: FactsFile, text: str) -> Draft:
    sections = (Section(facts.sections[0].heading, 1, text),)
    return Draft(facts.title, facts.organisation, facts.year, sections, facts.name)


def test_last_years_report_is_compared(library: Library, facts: FactsFile, settings: Settings) -> None:
    text = "新认定高新技术企业18家，有效高新技术企业总量达86家。技术合同登记额5.6亿元。"
    with_report = review_draft(written(facts, text), facts, library, settings).report
    assert not [note for note in with_report.notes if "未作上年比对" in note]
    other = replace(facts, organisation="江临区科技创新局")
    without = review_draft(written(other, text), other, library, settings).report
    assert [note for note in without.notes if "未作上年比对" in note]


def test_a_true_draft_has_no_error(library: Library, facts: FactsFile, settings: Settings) -> None:
    text = "新认定高新技术企业18家，有效高新技术企业总量达86家。技术合同登记额5.6亿元。"
    review = review_draft(written(facts, text), facts, library, settings)
    assert not [finding for finding in review.report.findings if finding.severity == "error"]
    assert review.report.coverage.unsupported == 0


def test_spans_count_in_the_reviews_document(library: Library, facts: FactsFile, settings: Settings) -> None:
    text = "新认定高新技术企业81家，有效高新技术企业总量达86家。技术合同登记额5.6亿元。"
    review = review_draft(written(facts, text), facts, library, settings)
    assert any("81家" in finding.span.of(review.document.text) for finding in review.report.findings)


def test_a_rule_that_is_off_finds_nothing(library: Library, facts: FactsFile, settings: Settings) -> None:
    draft = written(facts, "新认定高新技术企业18家，有效高新技术企业总量达xx家。")
    off = settings.model_copy(update={"rules_off": "residue.placeholder"})
    rules = [
        {one.rule for one in review_draft(draft, facts, library, used).report.findings}
        for used in (settings, off)
    ]
    assert "residue.placeholder" in rules[0]
    assert "residue.placeholder" not in rules[1]


def test_drafting_ends_with_every_fact(library: Library, facts: FactsFile, settings: Settings) -> None:
    model = ScriptedChatModel(answers=("主题：推进创新\n第一组：加强企业培育",), cycle=True)
    events = list(drafting.draft(facts, library, settings, chat=model))
    assert isinstance(events[-1], DraftDone)
    assert all(figure in events[-1].draft.text for figure in ("18家", "86家", "5.6亿元"))


def test_facts_without_headings_get_the_last_reports_outline(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "云溪县科学技术局2025年工作总结.md"
    path.write_text("- 新认定高新技术企业18家\n- 选任科技特派员142名\n", encoding="utf-8")
    read = drafting.read(path, library)
    assert any(section.heading for section in read.sections)
    assert len(read.facts) == 2
