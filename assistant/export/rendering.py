"""A Word file as pages (LibreOffice makes them, where it is installed), and what is measured on them."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from assistant.export import gbt9704
from assistant.loaders.office import converted

MOST_PAGES = 40
_SECONDS = 120.0
_MM = 25.4 / 72  # a point
_ASCENT = 0.8  # of an exact line pitch: where LibreOffice puts the baseline
_DASHES = "—–-－―"
_HANGING = frozenset(gbt9704.NOT_AT_START)
_ENOUGH = 3  # full lines; fewer may be chance
_FULL = 1.4  # characters that may be missing at the end of a line that is still full


@dataclass(frozen=True, slots=True)
class Sign:
    """One character on a page: where it begins and ends, its baseline, the upper edge of its ink; points."""

    text: str
    left: float
    right: float
    base: float
    top: float


@dataclass(frozen=True, slots=True)
class PageNumberPlace:
    """A page number as it stands: page from 1, distances of its dashes to either margin, and below the text; mm."""

    page: int
    from_left: float
    from_right: float
    below: float


@dataclass(frozen=True, slots=True)
class MeasuredPages:
    """What the pages show; `None` where no page is full enough to tell.

    `lines` are those of the fullest page, `characters` those of most full lines, margins in millimetres.
    `fonts` are the fonts that were really used.
    """

    count: int
    measured: int
    lines: int | None
    characters: int | None
    pitch: float | None
    top: float | None
    bottom: float | None
    left: float | None
    right: float | None
    numbers: tuple[PageNumberPlace, ...]
    fonts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    width: float
    height: float
    rows: tuple[tuple[Sign, ...], ...]  # text from top to bottom, each from left to right
    foot: tuple[Sign, ...]  # the page number


def as_pdf(path: Path) -> bytes:
    """The pages of a Word file as PDF.

    Raises:
        FileRefused: LibreOffice is not installed, or took too long.
        FileUnreadable: it could not open the file.
    """
    return converted(path.read_bytes(), "file.docx", "pdf", _SECONDS)


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def measure_pages(pdf: bytes, *, bottom: float) -> MeasuredPages:
    """Measure a rendered text; `bottom` is the height in millimetres under which only page numbers stand."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        count = len(document)
        fonts: Counter[str] = Counter()
        pages = [_read(document[number], bottom / _MM, fonts) for number in range(min(count, MOST_PAGES))]
    finally:
        document.close()
    pitch = _pitch(pages)
    regular = [page for page in pages if pitch and _on_pitch(page, pitch)] if len(pages) > 1 else []
    fullest = max(regular, key=lambda page: _lines(page, pitch or 1.0), default=None)
    top, low, left, right = _edges(pages, fullest, pitch) if fullest and pitch else (None, None, None, None)
    return MeasuredPages(
        count,
        len(pages),
        _lines(fullest, pitch) if fullest and pitch else None,
        _characters(pages),
        pitch,
        top,
        low,
        left,
        right,
        tuple(_numbers(pages, bottom)),
        tuple(name for name, _ in fonts.most_common()),
    )


def _on_pitch(page: _Page, pitch: float) -> bool:
    """Whether all its lines stand on the pitch; a table or a picture puts a page out of step."""
    steps = [upper[0].base - lower[0].base for upper, lower in zip(page.rows, page.rows[1:], strict=False)]
    return bool(steps) and all(abs(step - pitch * max(round(step / pitch), 1)) <= 1.2 for step in steps)


def _lines(page: _Page, pitch: float) -> int:
    """The lines from the first to the last, blank ones between counted."""
    return round((page.rows[0][0].base - page.rows[-1][0].base) / pitch) + 1


def _read(page: Any, bottom: float, fonts: Counter[str]) -> _Page:  # noqa: ANN401 - pypdfium2 has no types
    width, height = page.get_size()
    rows: dict[int, list[Sign]] = {}
    text = page.get_textpage()
    try:
        for sign in _signs(text, fonts):
            rows.setdefault(round(sign.base), []).append(sign)
    finally:
        text.close()
        page.close()
    ordered = [
        tuple(sorted(row, key=lambda sign: sign.left))
        for _, row in sorted(_merged(rows).items(), reverse=True)
    ]
    foot = [row for row in ordered if row[0].base < bottom]
    return _Page(
        width, height, tuple(row for row in ordered if row[0].base >= bottom), foot[0] if foot else ()
    )


def _merged(rows: dict[int, list[Sign]]) -> dict[int, list[Sign]]:
    """Rows whose baselines are a point or two apart are one."""
    merged: dict[int, list[Sign]] = {}
    last = None
    for base in sorted(rows, reverse=True):
        if last is None or last - base > 3:
            last = base
        merged.setdefault(last, []).extend(rows[base])
    return merged


def _signs(text: Any, fonts: Counter[str]) -> Iterator[Sign]:  # noqa: ANN401 - pypdfium2 has no types
    name = ctypes.create_string_buffer(256)
    flags = ctypes.c_int()
    x, base = ctypes.c_double(), ctypes.c_double()
    box = pdfium.FS_RECTF()
    for index in range(text.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(text, index))
        if sign.isspace() or sign in "\x00\ufffe\x02":
            continue
        if pdfium.FPDFText_GetFontInfo(text, index, name, 256, flags):
            fonts[name.value.decode("utf-8", "replace")] += 1
        pdfium.FPDFText_GetCharOrigin(text, index, x, base)
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        ink = text.get_charbox(index)
        yield Sign(sign, x.value, max(box.right, ink[2]), base.value, ink[3])


def _pitch(pages: list[_Page]) -> float | None:
    """The distance of most neighbouring lines, in points."""
    steps = Counter(
        round(upper[0].base - lower[0].base, 1)
        for page in pages
        for upper, lower in zip(page.rows, page.rows[1:], strict=False)
    )
    if not steps:
        return None
    usual = steps.most_common(1)[0][0]
    near = [step for step in steps.elements() if abs(step - usual) <= 0.6]
    return round(sum(near) / len(near), 2)


def _edges(pages: list[_Page], fullest: _Page, pitch: float) -> tuple[float, float, float, float]:
    """Top, bottom, left and right margin in millimetres, as the text itself shows them."""
    top = fullest.height - (fullest.rows[0][0].base + _ASCENT * pitch)
    bottom = fullest.rows[-1][0].base - (1 - _ASCENT) * pitch
    rows = [row for page in pages for row in page.rows]
    left = min(row[0].left for row in rows)
    right = fullest.width - max(map(_end, rows))
    return round(top * _MM, 1), round(bottom * _MM, 1), round(left * _MM, 1), round(right * _MM, 1)


def _end(row: tuple[Sign, ...]) -> float:
    """Where a line ends; a sign that may hang over the margin does not count."""
    return next((sign.right for sign in reversed(row) if sign.text not in _HANGING), row[0].left)


def _characters(pages: list[_Page]) -> int | None:
    """How many full-width characters most of the full lines have that consist of nothing else."""
    rows = [row for page in pages for row in page.rows]
    if not rows:
        return None
    edge = max(map(_end, rows))
    start = min(row[0].left for row in rows)
    counts = Counter(
        len(row)
        for row in rows
        if not any(sign.text.isascii() for sign in row)
        and row[0].left - start < 3
        and edge - row[-1].right < _FULL * (row[-1].right - row[-1].left)
        and len(row) > 10
    )
    return counts.most_common(1)[0][0] if counts.total() >= _ENOUGH else None


def _numbers(pages: list[_Page], bottom: float) -> Iterator[PageNumberPlace]:
    for number, page in enumerate(pages, 1):
        text = "".join(sign.text for sign in page.foot).strip(_DASHES)
        if not text.isdecimal():
            continue
        dash = next((sign for sign in page.foot if sign.text in _DASHES), page.foot[0])
        yield PageNumberPlace(
            number,
            round(page.foot[0].left * _MM, 1),
            round((page.width - page.foot[-1].right) * _MM, 1),
            round(bottom - dash.top * _MM, 1),
        )
