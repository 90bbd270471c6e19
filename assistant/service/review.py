"""Checking a draft of ours against the facts it was written from and what the archive holds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.archive import ArchivedDocument
from assistant.checking import CheckReport, Sources, check
from assistant.loaders import load_text
from assistant.records import Document, Draft, FactSection, FactsFile
from assistant.service.library import Library
from assistant.settings import Settings

_MOST_POLICIES = 300


@dataclass(frozen=True, slots=True)
class Review:
    """The draft as a Document, which the findings' spans count in, and what was found."""

    document: Document
    report: CheckReport


def review_draft(draft: Draft, facts: FactsFile, library: Library, settings: Settings) -> Review:
    """Check `draft` against its facts, the body's earlier reports and the archive's policy texts."""
    document = load_text(draft.text, draft.title)[0]
    kept = replace(facts, sections=_drafted(draft, facts))
    archived = library.documents()
    sources = Sources.of(
        kept,
        prior=[library.archive.document(one.id) for one in archived if is_prior(one, facts)],
        others=[library.archive.document(one.id) for one in _policies(archived)],
    )
    return Review(document, check(document, sources, off=rules_off(settings)))


def rules_off(settings: Settings) -> tuple[str, ...]:
    """The ids of the rules that are switched off."""
    return tuple(name.strip() for name in settings.rules_off.split(",") if name.strip())


def is_prior(document: ArchivedDocument, facts: FactsFile) -> bool:
    """Whether `document` is an earlier report of the same kind by the body that the facts are of."""
    return (
        document.genre == facts.genre
        and bool(facts.organisation)
        and document.organisation == facts.organisation
        and document.year is not None
        and facts.year is not None
        and document.year < facts.year
    )


def _drafted(draft: Draft, facts: FactsFile) -> tuple[FactSection, ...]:
    """The facts' sections that the draft has: what was not asked for is not missed."""
    headings = {section.heading for section in draft.sections}
    return tuple(section for section in facts.sections if section.heading in headings)


def _policies(archived: tuple[ArchivedDocument, ...]) -> list[ArchivedDocument]:
    """The policy texts, the latest first, as many as can be compared in reasonable time."""
    policies = [one for one in archived if one.genre == "policy"]
    return sorted(policies, key=lambda one: one.year or 0, reverse=True)[:_MOST_POLICIES]
