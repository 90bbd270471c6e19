"""Figures that a sentence takes from what it cites: carried by the quote, whatever the other sources hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.chat.verify import carried
from assistant.checking import FigureTrace
from assistant.errors import Said
from assistant.export.markdown import labels
from assistant.quantities import extract
from assistant.records import Citation, Evidence, Finding, Span
from assistant.service.desk.manuscript import Manuscript
from assistant.service.desk.reading import ReadDraft

UNSUPPORTED = "number.unsupported"
_OPEN = ("unsupported", "not_assessable")


def rested(state: Manuscript, read: ReadDraft, figures: Sequence[FigureTrace]) -> list[FigureTrace]:
    """The figures; one that nothing supported yet is supported by a quote of its own sentence that has it."""
    return [_rested(state, read, figure) if figure.state in _OPEN else figure for figure in figures]


def without(findings: Iterable[Finding], figures: Iterable[FigureTrace]) -> list[Finding]:
    """The findings without those that miss a source for a figure which has one."""
    supported = {one.claim.quantity.span for one in figures if one.state == "supported"}
    return [one for one in findings if one.rule != UNSUPPORTED or one.fix or one.span not in supported]


def _rested(state: Manuscript, read: ReadDraft, figure: FigureTrace) -> FigureTrace:
    quantity = figure.claim.quantity
    for citation in _citations(state, read, quantity.span):
        if carried(quantity, [one for one in extract(citation.quote) if one.is_figure]):
            return replace(figure, state="supported", source=_evidence(citation))
    return figure


def _citations(state: Manuscript, read: ReadDraft, span: Span) -> tuple[Citation, ...]:
    """What the sentence at a span of the Document cites."""
    spot = read.spot(span)
    if spot.field != "text":
        return ()
    here = Span(spot.start, spot.end)
    sentences = state.section(spot.section_id).sentences
    return tuple(cited for one in sentences if one.span.contains(here) for cited in one.citations)


def _evidence(citation: Citation) -> Evidence:
    number = citation.paragraph
    paragraph = [labels().both("place.paragraph", number=number)] if number else []
    place = Said.joined((*citation.heading_path, *paragraph), " · ", " · ")
    return Evidence("archive", citation.title, citation.quote, citation.span, place, citation.document_id)
