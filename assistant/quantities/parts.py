"""The parts of a Document (review, plan, definitions) and the heads of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.quantities.indicators import canonical
from assistant.quantities.wordlists import pattern
from assistant.records import Block, Cell, Claim, Document, Part, Span

_WORDS = "claims.txt"
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_UNIT = re.compile(r"[（(][^（）()]*[)）]")
_NUMBER = re.compile(r"^(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十\d]{1,3}[、.．])\s*")
_ENTRY = re.compile(r"^\d{1,3}[.．、]\s*[^，。；]{2,40}[：:]")
_ENTRIES = 4
_FIGURE = re.compile(r"\d")


def reviewed_year(document: Document) -> int | None:
    """The year whose results the document tells where it names none.

    A government report looks back on the year before its own, unless its own heading says that it is written
    at the end of that year (一、2024年工作回顾 in a report of 2024).
    """
    own = document.reported_year
    if own is not None and own != document.reviewed_year and own in _reviewed_in_headings(document):
        return own
    return document.reviewed_year


def _reviewed_in_headings(document: Document) -> Iterator[int]:
    for block in document.blocks:
        words = block.span.of(document.text) if block.kind == "heading" and block.level == 1 else ""
        if pattern(_WORDS, "review_heading").search(words) and not pattern(_WORDS, "plan_heading").search(
            words
        ):
            yield from map(int, _YEAR.findall(words))


def part_of(heading: str, year: int | None = None) -> Part:
    """Which part a heading opens; "" when it does not tell.

    >>> part_of("一、2025年工作回顾"), part_of("二、下一年工作计划"), part_of("名词解释")
    ('review', 'plan', 'definition')
    >>> part_of("一、强化规划引领"), part_of("三、重点工作")
    ('', 'plan')
    """
    if pattern(_WORDS, "definition_heading").search(heading):
        return "definition"
    years = [int(found) for found in _YEAR.findall(heading)]
    doing = not years and pattern(_WORDS, "doing_heading").match(_NUMBER.sub("", heading.strip()))
    plan = list(pattern(_WORDS, "plan_heading_always" if doing else "plan_heading").finditer(heading))
    review = list(pattern(_WORDS, "review_heading").finditer(heading))
    if year is not None and years and not (plan and review):
        return "plan" if max(years) > year else "review" if plan == [] else "plan"
    if plan and review:
        return "plan" if plan[-1].end() >= review[-1].end() else "review"
    return "plan" if plan else "review" if review else ""


def stretches(document: Document) -> Iterator[tuple[Span, Part, Block | None]]:
    """Blocks in text order with their part; a table comes with its Block, other text without.

    Only headings of the top level switch between review and plan; a lower one may open definitions.
    """
    if not document.blocks:
        yield Span(0, len(document.text)), "", None
        return
    part: Part = ""
    glossary = _glossary(document)
    year = reviewed_year(document)
    top = min((b.level for b in document.blocks if b.kind == "heading" and b.level > 0), default=1)
    for block in document.blocks:
        if block.kind == "heading" and block.level > 0:
            opened = part_of(block.span.of(document.text), year)
            if block.level <= top or opened == "definition":
                part = opened or part
        told: Part = "definition" if block.span.start in glossary else part
        yield block.span, told, block if block.kind == "table" else None


def _glossary(document: Document) -> frozenset[int]:
    """Where the blocks of a glossary start: at least four in a row that read “4.“先锋工程”：…”."""
    found: set[int] = set()
    run: list[int] = []
    for block in document.blocks:
        if _ENTRY.match(block.span.of(document.text)):
            run.append(block.span.start)
            continue
        found.update(run if len(run) >= _ENTRIES else ())
        run = []
    return frozenset(found.union(run if len(run) >= _ENTRIES else ()))


def bind_cells(text: str, stretch: Span, table: Block, claims: Sequence[Claim]) -> list[Claim]:
    """Claims of a table with the indicator read from row and column heads; spans count in the stretch."""
    rows = {c.row: c for c in sorted(table.cells, key=lambda c: -c.column) if _is_head(text, c)}
    columns = {c.column: c for c in sorted(table.cells, key=lambda c: -c.row) if _is_head(text, c)}
    return [_headed(text, stretch, table.cells, rows, columns, claim) for claim in claims]


def _is_head(text: str, cell: Cell) -> bool:
    words = cell.span.of(text).strip()
    return bool(words) and not _FIGURE.match(words)


def _headed(
    text: str,
    stretch: Span,
    cells: Sequence[Cell],
    rows: dict[int, Cell],
    columns: dict[int, Cell],
    claim: Claim,
) -> Claim:
    """`claim` with the name in its row's head, else in its column's head."""
    at = claim.quantity.span.start + stretch.start
    cell = next((c for c in cells if c.span.start <= at < c.span.end), None)
    if cell is None:
        return claim
    for head in (rows.get(cell.row), columns.get(cell.column)):
        if head is None or head == cell or head.span.end < stretch.start:
            continue
        name = canonical(_UNIT.sub("", head.span.of(text)).strip())
        if len(name) > 1:
            return replace(
                claim,
                indicator=name,
                indicator_span=head.span.shifted(-stretch.start)
                if head.span.start >= stretch.start
                else None,
            )
    return claim
