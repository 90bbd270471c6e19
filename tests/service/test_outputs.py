from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.checking import CheckReport
from assistant.errors import ExportError
from assistant.export import WordOptions
from assistant.loaders import load_text
from assistant.records import Coverage, Draft, Fact, FactSection, FactsFile, Finding, Section, Sentence, Span
from assistant.service.outputs import output_paths, write_outputs
from assistant.service.review import Review

TEXT = "新认定高新技术企业23家。"


@pytest.fixture
def facts() -> FactsFile:
    section = FactSection("一、工作", 1, (Fact("F01", "新认定高新技术企业23家", place="第8行"),))
    return FactsFile("facts.md", "2025年工作总结", "云溪县科学技术局", 2025, "annual-summary", (section,))


@pytest.fixture
def draft() -> Draft:
    sentence = Sentence(TEXT, Span(0, len(TEXT)), "fact", ("F01",))
    section = Section("一、工作", 1, TEXT, (sentence,))
    return Draft("2025年工作总结", "云溪县科学技术局", 2025, (section,), "facts.md", "scripted")


@pytest.fixture
def review(draft: Draft) -> Review:
    finding = Finding("claim.superlative", "note", Span(0, 3), "请核实")
    return Review(load_text(draft.text)[0], CheckReport((finding,), Coverage(1, 1, 0, 0, 0), ("说明一",)))


def test_into_a_folder(tmp_path: Path) -> None:
    outputs = output_paths(tmp_path / "out", Path("yunxi-2025.md"))
    assert {path.name for path in outputs.paths.values()} == {
        "yunxi-2025.draft.md",
        "yunxi-2025.draft.docx",
        "yunxi-2025.provenance.md",
        "yunxi-2025.findings.md",
        "yunxi-2025.findings.json",
    }


@pytest.mark.parametrize("name", ["report.md", "report.docx", "报告.DOCX"])
def test_beside_a_named_draft(tmp_path: Path, name: str) -> None:
    outputs = output_paths(tmp_path / name, Path("facts.xlsx"))
    stem = Path(name).stem
    assert outputs.draft_markdown == tmp_path / f"{stem}.md"
    assert outputs.draft_word == tmp_path / f"{stem}.docx"
    assert outputs.findings == tmp_path / f"{stem}.findings.md"


def test_a_folder_may_end_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "v1.md").mkdir()
    assert output_paths(tmp_path / "v1.md", Path("facts.xlsx")).provenance.parent == tmp_path / "v1.md"


def test_the_facts_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "facts.md").write_text("事实", encoding="utf-8")
    with pytest.raises(ExportError):
        output_paths(tmp_path / "facts.md", tmp_path / "facts.md")
    with pytest.raises(ExportError):
        output_paths(tmp_path / "facts.docx", tmp_path / "x" / ".." / "facts.md")
    output_paths(tmp_path, tmp_path / "facts.md")


def test_all_files_are_written(tmp_path: Path, draft: Draft, facts: FactsFile, review: Review) -> None:
    outputs = output_paths(tmp_path / "out", Path("facts.md"))
    write_outputs(outputs, draft, facts, review, word=WordOptions(signed=date(2026, 1, 8)))
    assert all(path.stat().st_size for path in outputs.paths.values())
    found = json.loads(outputs.findings_json.read_text(encoding="utf-8"))
    assert (found["version"], found["title"], found["notes"]) == (1, "2025年工作总结", ["说明一"])
    start, end = found["findings"][0]["span"]
    assert found["text"][start:end] == review.document.text[:3]
    assert found["coverage"]["supported"] == 1


def test_writing_again_replaces(tmp_path: Path, draft: Draft, facts: FactsFile, review: Review) -> None:
    outputs = output_paths(tmp_path, Path("facts.xlsx"))
    write_outputs(outputs, draft, facts, review)
    before = sorted(path.name for path in tmp_path.iterdir())
    write_outputs(outputs, draft, facts, review, language="en")
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert "1 findings: 0 errors" in outputs.findings.read_text(encoding="utf-8")
