"""Sources cut into lines: one for each fact, one for each clause group of a document that holds figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checking.alignment import Masked, mask
from assistant.quantities import extract, sentences
from assistant.records import Document, Evidence, Fact, Quantity, SourceRole, Span

_EARLIER = re.compile(
    r"^\s*(?:上年|去年|上一年|上年度)?\s*[（(]?(?P<year>(?:19|20)\d\d)?年?(?:度)?[)）]?\s*(?:数据|数)?[：:]"
)
_EARLIER_WORD = re.compile(r"^\s*(?:上年|去年|上一年)")


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of a source with its figures.

    `earlier`: it tells of the year before the draft's. `planned`: it stands in a plan, so that its figures are
    aimed at without a word of their own that says so.
    """

    role: SourceRole
    title: str
    text: str
    masked: Masked
    earlier: bool = False
    span: Span | None = None
    place: str = ""
    document_id: str = ""
    planned: bool = False

    @property
    def figures(self) -> tuple[Quantity, ...]:
        """The figures, with spans in `text`."""
        return self.masked.figures

    @property
    def evidence(self) -> Evidence:
        """The line as evidence of a finding."""
        return Evidence(self.role, self.title, self.text, self.span, self.place, self.document_id)


def figures_of(text: str) -> list[Quantity]:
    """The figures of `text` that state an amount."""
    return [quantity for quantity in extract(text) if quantity.is_figure]


def fact_line(fact: Fact, title: str) -> Line:
    """A fact as a line; a leading “上年（2024年）：” marks it as of the year before and is not compared."""
    match = _EARLIER.match(fact.text)
    earlier = match is not None and (match["year"] is not None or bool(_EARLIER_WORD.match(fact.text)))
    start = match.end() if match and earlier else 0
    figures = [q for q in figures_of(fact.text) if q.span.start >= start]
    masked = mask(fact.text, figures, Span(start, len(fact.text)))
    planned = any(claim.part == "plan" for claim in fact.claims)
    place = fact.place or fact.id
    return Line("facts", title, fact.text, masked, earlier, fact.span, place, planned=planned)


def document_lines(document: Document, role: SourceRole, *, earlier: bool = False) -> Sequence[Line]:
    """The sentences with figures of `document`; kept for the next draft that uses the same source."""
    return _document_lines(document.id, document.title, document.text, role, earlier)


@lru_cache(maxsize=512)
def _document_lines(id: str, title: str, text: str, role: SourceRole, earlier: bool) -> tuple[Line, ...]:
    return tuple(
        Line(role, title, span.of(text), masked, earlier, span, "", id)
        for span, masked in masked_sentences(text, figures_of(text))
    )


def masked_sentences(text: str, figures: Sequence[Quantity]) -> Iterator[tuple[Span, Masked]]:
    """The sentences of `text` that hold figures; the figures' spans count in the whole text."""
    index = 0
    for span in sentences(text):
        first = index
        while index < len(figures) and figures[index].span.end <= span.end:
            index += 1
        if index > first:
            yield span, mask(text, figures[first:index], span)
