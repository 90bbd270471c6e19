"""Document -> Passages: spans of about 300 to 500 characters along sections and sentences.

A passage never crosses a heading of level 1 or 2. Within a section, paragraphs are cut at sentence ends and
packed into passages of about equal size; a table is cut between rows, and every passage of it carries the
header row as the last step of its heading path.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.records import Block, Document, Passage, Span

TARGET = 420
LONGEST = 500
SPLITTER = "1"  # raised when the same Document would be cut another way, so that it is ingested again
_SENTENCE = re.compile(r"[^。！？；!?;\n]*(?:[。！？；!?;]+[”’」』）)]*|\n+|$)")
_CLAUSE = re.compile(r"[^，、,：:\s]*(?:[，、,：:\s]+|$)")
_HEADER = "表头："


@dataclass(frozen=True, slots=True)
class _Section:
    """Neighbouring blocks without a heading of level 1 or 2 between them."""

    blocks: list[Block]
    path: tuple[str, ...]


def split(document: Document) -> tuple[Passage, ...]:
    """The passages of a document in text order; blank text is left out.

    Ids are derived from the document's id and the span, so the same document gives the same ids.
    """
    return tuple(
        _passage(document, span, block, path)
        for section in _sections(document)
        for span, block, path in _cut(document.text, section)
    )


def passage_id(document_id: str, span: Span) -> str:
    """The content-derived id of the passage of a document that stands at `span`."""
    return "p" + hashlib.sha256(f"{document_id}:{span.start}:{span.end}".encode()).hexdigest()[:20]


def _passage(document: Document, span: Span, block: Block, path: tuple[str, ...]) -> Passage:
    return Passage(
        id=passage_id(document.id, span),
        document_id=document.id,
        span=span,
        text=span.of(document.text),
        title=document.title,
        heading_path=path,
        genre=document.genre,
        organisation=document.organisation.value if document.organisation else "",
        place=document.place.value if document.place else "",
        year=document.reported_year,
        page=block.page,
        paragraph=block.paragraph,
    )


def _sections(document: Document) -> Iterator[_Section]:
    current: list[Block] = []
    for block in document.blocks or _lines(document.text):
        if block.kind == "title" and block.span.of(document.text).strip() == document.title:
            continue
        if current and _starts_section(current[-1], block):
            yield _section(document.text, current)
            current = []
        current.append(block)
    if current:
        yield _section(document.text, current)


def _lines(text: str) -> tuple[Block, ...]:
    """A document without blocks: every line is a paragraph."""
    return tuple(
        Block(kind="paragraph", span=Span(*match.span()), paragraph=number)
        for number, match in enumerate(re.finditer(r"[^\n]+", text), start=1)
    )


def _starts_section(previous: Block, block: Block) -> bool:
    if block.kind == "table" or previous.kind == "table" or block.kind == "title":
        return True
    if block.kind == "heading" or block.run_in is not None:
        return block.level in (1, 2) and not _opens(previous, block)
    if previous.kind == "heading":
        return False
    return block.heading_path[:1] != previous.heading_path[:1]


def _opens(previous: Block, block: Block) -> bool:
    """A heading right under its parent heading stays in one section with it (nothing stands between)."""
    return previous.kind == "heading" and previous.level in (1, 2) and previous.level < block.level


def _section(text: str, blocks: list[Block]) -> _Section:
    body = next((block for block in blocks if block.kind != "heading"), None)
    if body is not None:
        return _Section(blocks, body.heading_path)
    last = blocks[-1]
    own = last.span.of(text).strip()
    return _Section(blocks, last.heading_path if own in last.heading_path else (*last.heading_path, own))


def _cut(text: str, section: _Section) -> Iterator[tuple[Span, Block, tuple[str, ...]]]:
    if section.blocks[0].kind == "table":
        yield from _cut_table(text, section)
        return
    units = [
        (unit, block)
        for block in section.blocks
        for unit in _units(text, block.span)
        if unit.of(text).strip()
    ]
    for group in _pack(units):
        yield _trim(text, Span(group[0][0].start, group[-1][0].end)), group[0][1], section.path


def _units(text: str, span: Span) -> Iterator[Span]:
    """Sentences of a block; one longer than a passage is cut at clauses, and then anywhere."""
    for match in _SENTENCE.finditer(text, span.start, span.end):
        sentence = Span(*match.span())
        if sentence.end - sentence.start <= LONGEST:
            yield sentence
            continue
        for clause in _CLAUSE.finditer(text, sentence.start, sentence.end):
            for start in range(clause.start(), clause.end(), LONGEST):
                yield Span(start, min(start + LONGEST, clause.end()))


def _pack(units: list[tuple[Span, Block]]) -> Iterator[list[tuple[Span, Block]]]:
    """Groups of about equal length, at most `LONGEST`: no short rest at the end of a section."""
    if not units:
        return
    origin = units[0][0].start
    total = units[-1][0].end - origin
    target = total / math.ceil(total / TARGET)
    border = origin + target
    group: list[tuple[Span, Block]] = []
    for unit in units:
        span = unit[0]
        if group and (span.end - group[0][0].start > LONGEST or (span.start + span.end) / 2 > border):
            yield group
            group = []
            border = max(border + target, span.start + target / 2)
        group.append(unit)
    yield group


def _cut_table(text: str, section: _Section) -> Iterator[tuple[Span, Block, tuple[str, ...]]]:
    table = section.blocks[0]
    rows = list(_rows(text, table))
    if not rows:
        return
    header = " ".join(rows[0].of(text).split())[:LONGEST]
    body = rows[1:] or rows
    path = (*section.path, _HEADER + header) if len(rows) > 1 else section.path
    for position, group in enumerate(_pack([(row, table) for row in body])):
        start = rows[0].start if position == 0 else group[0][0].start
        yield _trim(text, Span(start, group[-1][0].end)), table, path


def _rows(text: str, table: Block) -> Iterable[Span]:
    if not table.cells:
        return [
            Span(*match.span())
            for match in re.finditer(r"[^\n]+", text[: table.span.end])
            if match.start() >= table.span.start
        ]
    numbers = sorted({cell.row for cell in table.cells})
    starts = [min(cell.span.start for cell in table.cells if cell.row == number) for number in numbers]
    ends = [max(cell.span.end for cell in table.cells if cell.row == number) for number in numbers]
    return [Span(start, max(start, end)) for start, end in zip(starts, ends, strict=True)]


def _trim(text: str, span: Span) -> Span:
    written = span.of(text)
    start = span.start + len(written) - len(written.lstrip())
    return Span(start, max(start, span.start + len(written.rstrip())))
