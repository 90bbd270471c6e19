"""A quoted span where it stands: its passage, and as many neighbours as a reader wants to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.archive import Archive
from assistant.records import Block, Document, Genre, Passage

_MOST = 40
_AROUND = 240


@dataclass(frozen=True, slots=True)
class AroundView:
    """A stretch of a document; `start` and `end` of the quoted words count in `text`, None: they were not located.

    `offset` is where `text` stands in the document. `earlier` and `later` tell whether there is more to show.
    """

    document_id: str
    title: str
    organisation: str
    year: int | None
    genre: Genre
    source_name: str
    heading_path: tuple[str, ...]
    page: int | None
    paragraph: int | None
    text: str
    offset: int
    start: int | None
    end: int | None
    earlier: bool
    later: bool


def passage_context(
    archive: Archive, document_id: str, start: int | None, end: int | None, before: int = 0, after: int = 0
) -> AroundView:
    """The passage that holds the span, with `before` and `after` (at most 40) of its neighbours.

    A span that lies outside of the text, or none, shows the beginning of the document.

    Raises:
        DocumentUnknown: there is no such document.
    """
    document = archive.document(document_id)
    passages = archive.passages(document_id)
    located = start is not None and end is not None and 0 <= start < end <= len(document.text)
    at = start if located and start is not None else 0
    first, last = _touching(passages, at, end if located and end is not None else at + 1)
    low, high = max(0, first - min(before, _MOST)), min(len(passages) - 1, last + min(after, _MOST))
    opening = min(passages[low].span.start, at) if passages else 0
    closing = max(passages[high].span.end, end or 0 if located else 0) if passages else len(document.text)
    quoted = (at, end) if located and end is not None else None
    more = low > 0, high < len(passages) - 1
    return _view(document, at, (opening, closing), quoted, more)


def text_around(
    document: Document, start: int | None, end: int | None, before: int, after: int
) -> AroundView:
    """A span of a document that the archive does not hold, with `_AROUND` characters more for each step outwards."""
    quoted = (start, end) if start is not None and end is not None else None
    at, to = quoted or (0, 0)
    low, high = max(0, at - _AROUND * (before + 1)), min(len(document.text), to + _AROUND * (after + 1))
    return _view(document, at, (low, high), quoted, (low > 0, high < len(document.text)))


def _view(
    document: Document,
    at: int,
    shown: tuple[int, int],
    quoted: tuple[int, int] | None,
    more: tuple[bool, bool],
) -> AroundView:
    """The stretch `shown` of a document, with the heading path and place of what stands at `at`."""
    block = _block(document, at)
    opening, closing = shown
    return AroundView(
        document_id=document.id,
        title=document.title,
        organisation=document.organisation.value if document.organisation else "",
        year=document.reported_year,
        genre=document.genre,
        source_name=document.source.name,
        heading_path=block.heading_path if block else (),
        page=block.page if block else None,
        paragraph=block.paragraph if block else None,
        text=document.text[opening:closing],
        offset=opening,
        start=quoted[0] - opening if quoted else None,
        end=quoted[1] - opening if quoted else None,
        earlier=more[0],
        later=more[1],
    )


def _touching(passages: Sequence[Passage], start: int, end: int) -> tuple[int, int]:
    """Numbers of the first and last passage that share a character with the span; the nearest one else."""
    found = [n for n, one in enumerate(passages) if one.span.start < end and start < one.span.end]
    if found:
        return found[0], found[-1]
    before = [n for n, one in enumerate(passages) if one.span.end <= start]
    nearest = before[-1] if before else 0
    return nearest, nearest


def _block(document: Document, at: int) -> Block | None:
    return next((one for one in document.blocks if one.span.start <= at < one.span.end), None)
