"""Drafts checked for these tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx

from assistant.checking import Case, CheckReport, FigureTrace, Sources, check_case, trace
from assistant.loaders import load, load_text
from assistant.records import Document, Finding, Reading, Severity, Span

FACTS = ("新认定高新技术企业18家，有效高新技术企业总量达86家", "技术合同登记额5.6亿元")


def checked(
    document: Document, facts: Sequence[str] = FACTS
) -> tuple[Document, CheckReport, tuple[FigureTrace, ...]]:
    """`document` as a report on 2025, checked against `facts`."""
    dated = replace(document, year=Reading("2025", "given"))
    case = Case(dated, Sources.of(facts))
    return dated, check_case(case), trace(case)


def text_draft(text: str) -> Document:
    """A draft of plain text."""
    return load_text(text)[0]


def word_draft(path: Path, build: Any) -> Document:
    """A Word draft that `build(word)` fills, saved at `path` and loaded again."""
    word = docx.Document()
    build(word)
    word.save(str(path))
    return load(path)[0]


def finding(document: Document, words: str, severity: Severity = "error", **fields: Any) -> Finding:
    """A finding about the first `words` of the document."""
    start = document.text.index(words)
    return Finding(
        "number.unsupported", severity, Span(start, start + len(words)), f"“{words}”没有依据。", **fields
    )


def report_of(report: CheckReport, *findings: Finding) -> CheckReport:
    """The report with these findings instead of its own."""
    return replace(report, findings=findings)
