"""Manuscripts as views: every sentence of a section, those of the writer's own hand between the known ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from assistant.quantities import sentences
from assistant.records import Citation, Sentence, Span
from assistant.service.desk.manuscript import HeldSection, Manuscript, count
from assistant.service.desk.store import Held
from assistant.service.desk.views import (
    CitationView,
    DraftView,
    JobView,
    SectionState,
    SectionView,
    SentenceView,
)


def draft_view(held: Held, job: JobView | None, states: Mapping[str, SectionState]) -> DraftView:
    """A draft with the job at work on it."""
    state = held.manuscript
    return DraftView(
        id=held.id,
        title=state.title,
        organisation=state.organisation,
        year=state.year,
        genre=state.genre,
        kind=held.kind,
        version=held.version,
        updated=held.updated,
        sections=tuple(section_view(one, states.get(one.id)) for one in state.sections),
        job=job,
        can_undo=held.can_undo,
        can_redo=bool(held.redo),
    )


def as_it_was(held: Held, state: Manuscript) -> Held:
    """The draft with another state, from which there is nothing to undo."""
    return replace(held, manuscript=state, redo=(), can_undo=False)


def section_view(section: HeldSection, state: SectionState | None = None) -> SectionView:
    """One section; `state` is that of a job, else it follows from the text."""
    return SectionView(
        id=section.id,
        heading=section.heading,
        level=section.level,
        text=section.text,
        state=state or ("done" if section.text else "empty"),
        sentences=tuple(sentence_views(section)),
        notes=section.notes,
        characters=count(section.text),
        target=section.target,
        fact_ids=section.fact_ids,
    )


def sentence_views(section: HeldSection) -> Iterator[SentenceView]:
    """The sentences of a section in text order."""
    position = 0
    for sentence in sorted(section.sentences, key=lambda one: one.span.start):
        yield from _own(section, position, sentence.span.start)
        yield _known(section, sentence)
        position = sentence.span.end
    yield from _own(section, position, len(section.text))


def _known(section: HeldSection, sentence: Sentence) -> SentenceView:
    return SentenceView(
        start=sentence.span.start,
        end=sentence.span.end,
        role=sentence.role,
        fact_ids=sentence.fact_ids,
        citations=tuple(map(citation_view, sentence.citations)),
        connective=tuple((span.start, span.end) for span in sentence.connective_spans),
        locked=is_locked(section, sentence.span),
    )


def _own(section: HeldSection, start: int, end: int) -> Iterator[SentenceView]:
    """The writer's own sentences of a stretch."""
    for span in sentences(section.text[start:end]):
        here = span.shifted(start)
        yield SentenceView(here.start, here.end, "own", locked=is_locked(section, here))


def is_locked(section: HeldSection, span: Span) -> bool:
    """Whether a locked stretch touches `span`."""
    return any(lock.start < span.end and span.start < lock.end for lock in section.locked)


def citation_view(citation: Citation) -> CitationView:
    """A citation as the page shows it."""
    return CitationView(
        document_id=citation.document_id,
        title=citation.title,
        heading_path=citation.heading_path,
        page=citation.page,
        paragraph=citation.paragraph,
        quote=citation.quote,
        start=citation.span.start if citation.span else None,
        end=citation.span.end if citation.span else None,
    )
