"""Pages of a layout (PDF, scan, picture) to paragraphs: what all formats share that know rows but no paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from assistant.loaders.enumerators import read_enumerator
from assistant.loaders.lines import Line, SourceText, table_line
from assistant.loaders.plain import as_item
from assistant.loaders.rejoin import glue

_EDGE = 0.09
_PAGE_NUMBER = re.compile(
    r"^[—–\-·一\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*(?:共\s*)?\d{1,4}\s*页?)?[—–\-·一\s]*$"
)
_CLOSED = re.compile(r"[。；：！？;:!?]”?[）)]?$")
_MOST_PAGES_TOLD = 12

Grid = tuple[tuple[int, int, int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a page, in points; `top` counts from the page's lower edge.

    `confidence` (0 to 1) belongs to text that was recognised in an image. `cells` make it a table:
    (row, column, row span, column span, text).
    """

    text: str
    page: int
    left: float
    right: float
    top: float
    height: float
    page_height: float
    confidence: float | None = None
    cells: Grid = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What one page gave, from the top down; `state` tells a page that was not read as text.

    recognised: its text comes from an image; blank: nothing is on it; skipped: beyond the limit for scans;
    lost: it could not be read; image: it is about to be recognised, which takes time, and comes once more.
    """

    number: int
    total: int
    rows: tuple[Row, ...] = ()
    state: str = "text"


def page_to_data(page: Page) -> dict[str, Any]:
    """Plain data, for the way out of the parsing process."""
    return asdict(page)


def page_from_data(data: Mapping[str, Any]) -> Page:
    """The inverse of `page_to_data`, also after a way through JSON."""
    rows = tuple(
        Row(**{**row, "cells": tuple((*cell[:4], cell[4]) for cell in row["cells"])}) for row in data["rows"]
    )
    return Page(data["number"], data["total"], rows, data["state"])


def join_pages(pages: Sequence[Page]) -> SourceText:
    """All pages as one text: running heads and page numbers off, paragraphs and tables joined across pages."""
    kept, dropped = _without_margins([page.rows for page in pages])
    notes = [f"已去除页眉页脚和页码 {dropped} 行"] if dropped else []
    notes += _told(pages)
    return SourceText(tuple(as_item(line) for line in _lines(_joined_tables(kept))), notes=tuple(notes))


def _told(pages: Sequence[Page]) -> Iterable[str]:
    """A note for each kind of page that was not read as text."""
    sentences = {
        "recognised": "{}是扫描页或图片，文字由图像识别得到，其中的数字请对照原件核对",
        "lost": "{}无法读取，未读入",
        "skipped": "{}是扫描页，超过一次识别的上限，未读入",
    }
    for state, sentence in sentences.items():
        numbers = [page.number for page in pages if page.state == state]
        if numbers:
            yield sentence.format(_named(numbers))
    blank = sum(page.state == "blank" for page in pages)
    if blank:
        yield f"有 {blank} 页空白"


def _named(numbers: Sequence[int]) -> str:
    """第1—3、7页; a long list is cut.

    >>> _named([1, 2, 3, 7])
    '第1—3、7页'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    shown = ["—".join(map(str, run)) for run in runs[:_MOST_PAGES_TOLD]]
    more = f"等{len(numbers)}页" if len(runs) > _MOST_PAGES_TOLD else "页"
    return f"第{'、'.join(shown)}{more}"


def _without_margins(pages: Sequence[Sequence[Row]]) -> tuple[list[Row], int]:
    """Rows without page numbers and without lines that repeat near the edges of pages."""
    edges = Counter(
        re.sub(r"\d+", "#", row.text)
        for page in pages
        for row in {row.text: row for row in page if _at_edge(row)}.values()
    )
    often = max(2, len([page for page in pages if page]) // 3)
    kept: list[Row] = []
    dropped = 0
    for row in (row for page in pages for row in page):
        repeats = edges[re.sub(r"\d+", "#", row.text)] > often and len(row.text) < 60
        if _at_edge(row) and (_PAGE_NUMBER.match(row.text) or repeats):
            dropped += 1
        else:
            kept.append(row)
    return kept, dropped


def _at_edge(row: Row) -> bool:
    if row.cells:
        return False
    return row.top > (1 - _EDGE) * row.page_height or row.top - row.height < _EDGE * row.page_height


def _joined_tables(rows: Sequence[Row]) -> list[Row]:
    """A table that goes on at the head of the next page is one table; its repeated head stands once."""
    joined: list[Row] = []
    page = 0  # of the last row, also where that row has become part of an earlier page's table
    for row in rows:
        last = joined[-1] if joined else None
        if row.cells and last and last.cells and row.page > page and _width(row) == _width(last):
            joined[-1] = replace(last, cells=_stacked(last.cells, row.cells))
        else:
            joined.append(row)
        page = row.page
    return joined


def _width(row: Row) -> int:
    return max(column + span for _, column, _, span, _ in row.cells)


def _stacked(above: Grid, below: Grid) -> Grid:
    head = [cell for cell in below if cell[0] == 0]
    same = [cell[1:] for cell in head] == [cell[1:] for cell in above if cell[0] == 0]
    rest = [cell for cell in below if not same or cell[0] > 0]
    down = max(row + span for row, _, span, _, _ in above) - int(same)
    moved = tuple((cell[0] + down, cell[1], cell[2], cell[3], cell[4]) for cell in rest)
    return above + moved


def _lines(rows: Sequence[Row]) -> list[Line]:
    """Rows joined: a paragraph ends at a table, a short row, an indented next row, a larger gap or another size."""
    margins = {kind: _margins([row for row in rows if _kind(row) == kind]) for kind in set(map(_kind, rows))}
    lines: list[Line] = []
    before: Row | None = None
    for row in rows:
        if row.cells:
            lines.append(_table(row, len(lines) + 1))
        elif before and not before.cells and _continues(before, row, margins[_kind(row)]):
            last = lines[-1]
            lines[-1] = replace(
                last, text=glue(last.text, row.text), confidence=_least(last.confidence, row.confidence)
            )
        else:
            lines.append(Line(row.text, None, 0, len(lines) + 1, row.page, confidence=row.confidence))
        before = row
    return lines


def _kind(row: Row) -> tuple[bool, bool]:
    """Rows of tables, of recognised and of stored text have their margins apart."""
    return bool(row.cells), row.confidence is not None


def _least(first: float | None, second: float | None) -> float | None:
    return min((one for one in (first, second) if one is not None), default=None)


def _table(row: Row, paragraph: int) -> Line:
    grid: dict[int, list[tuple[int, int, int, int, str, str]]] = {}
    for at_row, column, row_span, column_span, text in sorted(row.cells):
        grid.setdefault(at_row, []).append((at_row, column, row_span, column_span, text, ""))
    line = table_line([grid[number] for number in sorted(grid)])
    return replace(line, paragraph=paragraph, page=row.page, confidence=row.confidence)


@dataclass(frozen=True, slots=True)
class _Margins:
    """Where full rows begin and end, and whether paragraphs begin indented."""

    left: float
    right: float
    indents: bool


def _margins(rows: Sequence[Row]) -> _Margins:
    left = sorted(row.left for row in rows)[int(len(rows) * 0.3)]
    right = sorted(row.right for row in rows)[int(len(rows) * 0.8)]
    indented = sum(left + row.height < row.left < left + 4 * row.height for row in rows)
    return _Margins(left, right, indented * 20 >= len(rows))


def _continues(before: Row, row: Row, margins: _Margins) -> bool:
    if (before.confidence is None) != (row.confidence is None) or row.page > before.page + 1:
        return False
    size = max(before.height, 1.0)
    open_end = margins.indents and not _CLOSED.search(before.text)
    if before.right < margins.right - (6 if open_end else 2.5) * size:
        return False
    if abs(row.height - before.height) > 0.35 * size:
        return False
    if row.left > margins.left + 0.8 * size:
        return False
    if row.page == before.page and before.top - row.top > 2.6 * size:
        return False
    found = read_enumerator(row.text)
    return margins.indents or found is None or found.series in ("clause", "item")
