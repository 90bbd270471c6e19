"""Checking a draft of ours against the facts it was written from and what the archive holds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.checking import CheckReport, Sources, check
from assistant.loaders import load_text
from assistant.records import Document, Draft, FactSection, FactsFile, Reading
from assistant.service.checking import rules_off
from assistant.service.lastyear import look
from assistant.service.library import Library
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Review:
    """The draft as a Document, which the findings' spans count in, and what was found."""

    document: Document
    report: CheckReport


def review_draft(draft: Draft, facts: FactsFile, library: Library, settings: Settings) -> Review:
    """Check `draft` against its facts, the body's last report and the archive's policy texts.

    Raises:
        SettingsInvalid: a rule that is switched off does not exist.
    """
    document = _document(draft, facts)
    found = look(library.archive, document)
    kept = replace(facts, sections=_drafted(draft, facts))
    sources = Sources.of(kept, prior=found.prior, others=found.policies)
    report = check(document, sources, off=rules_off(settings))
    return Review(document, replace(report, notes=(*found.notes, *report.notes)))


def _document(draft: Draft, facts: FactsFile) -> Document:
    """The draft as the loaders read it, with the body, year and genre that the facts file gives."""
    document = load_text(draft.text, draft.title)[0]
    organisation = Reading(facts.organisation, "given") if facts.organisation else document.organisation
    year = Reading(str(facts.year), "given") if facts.year else document.year
    return replace(document, organisation=organisation, year=year, genre=facts.genre)


def _drafted(draft: Draft, facts: FactsFile) -> tuple[FactSection, ...]:
    """The facts' sections that the draft has: what was not asked for is not missed."""
    headings = {section.heading for section in draft.sections}
    return tuple(section for section in facts.sections if section.heading in headings)
