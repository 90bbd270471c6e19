"""Drafts and sources for the tests of the checker."""

from __future__ import annotations

from dataclasses import replace

from assistant.checking import CheckReport, Sources, check
from assistant.loaders import load_text
from assistant.records import Document, Finding, Reading


def document(text: str, year: int | None = 2025, organisation: str = "") -> Document:
    """`text` as the report of `organisation` on `year`."""
    (loaded, *_) = load_text(text)
    given = Reading(str(year), "given") if year is not None else None
    body = Reading(organisation, "given") if organisation else None
    return replace(loaded, year=given, organisation=body)


def checked(draft: str, *facts: str, prior: str = "", year: int | None = 2025) -> CheckReport:
    """The report on `draft` against plain facts and last year's report."""
    reports = [document(prior, year - 1)] if prior and year else []
    return check(document(draft, year), Sources.of(facts, reports))


def serious(report: CheckReport) -> list[Finding]:
    """Errors and warnings."""
    return [finding for finding in report.findings if finding.severity != "note"]
