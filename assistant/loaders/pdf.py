"""PDF with text: lines by position, running heads and page numbers dropped, paragraphs joined across pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from assistant.errors import FileRefused, FileUnreadable, Said
from assistant.loaders.enumerators import read_enumerator
from assistant.loaders.lines import Line, SourceText
from assistant.loaders.plain import as_item, clean
from assistant.loaders.rejoin import glue

MAX_PAGES = 2_000
_EDGE = 0.09
_PAGE_NUMBER = re.compile(
    r"^[—–\-·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*(?:共\s*)?\d{1,4}\s*页?)?[—–\-·\s]*$"
)
_CLOSED = re.compile(r"[。；：！？;:!?]”?[）)]?$")
_SOFT_HYPHEN = 0xAD
# pdfium writes a space where digits or letters stand a little apart from Chinese characters.
_GAP = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef，。；：、—（）《》“”]) +| +(?=[\u2e80-\u9fff\uff00-\uffef，。；：、—（）《》“”])"
)


@dataclass(frozen=True, slots=True)
class _Letter:
    """One character and its box, in points."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a page, in points; `top` counts from the page's lower edge."""

    text: str
    page: int
    left: float
    right: float
    top: float
    height: float
    page_height: float


def read_pdf(data: bytes, name: str) -> SourceText:
    """The paragraphs of a PDF with page numbers.

    Raises:
        FileRefused: protected by a password, a scan without text, or over 2,000 pages.
        FileUnreadable: broken.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise FileRefused(
                name=name, reason=Said("文件已加密", "it is protected by a password")
            ) from error
        raise FileUnreadable(name=name, reason=Said("PDF 文件已损坏", "the PDF is broken")) from error
    try:
        return _read(document, name)
    except pypdfium2.PdfiumError as error:
        raise FileUnreadable(name=name, reason=Said("PDF 文件已损坏", "the PDF is broken")) from error
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument, name: str) -> SourceText:
    pages = len(document)
    if pages > MAX_PAGES:
        raise FileRefused(
            name=name, reason=Said(f"超过 {MAX_PAGES} 页", f"it has more than {MAX_PAGES} pages")
        )
    rows: list[list[_Row]] = []
    for index in range(pages):
        page = document[index]
        rows.append(_rows(page, index + 1))
        page.close()
    if not any(rows):
        raise FileRefused(
            name=name,
            reason=Said(
                "PDF 里没有文字，是扫描件或图片，请先做文字识别",
                "it is a scan without text; run text recognition first",
            ),
        )
    kept, dropped = _without_margins(rows)
    notes = [f"已去除页眉页脚和页码 {dropped} 行"] if dropped else []
    empty = sum(not page for page in rows)
    if empty:
        notes.append(f"有 {empty} 页没有文字，可能是扫描页，未读入")
    return SourceText(tuple(as_item(line) for line in _paragraphs(kept)), notes=tuple(notes))


def _rows(page: pypdfium2.PdfPage, number: int) -> list[_Row]:
    """The lines of one page in pdfium's reading order, each with its letters from left to right.

    Letters of another font (quotation marks, digits) may come late in their line, or as a line of their own.
    """
    text_page = page.get_textpage()
    height = page.get_height()
    lines: list[list[_Letter]] = [[]]
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if code in (10, 13):
            lines.append([])
        elif code and code != _SOFT_HYPHEN:
            left, bottom, right, top = text_page.get_charbox(index, loose=True)
            at = left if chr(code).strip() or not lines[-1] else lines[-1][-1].right
            lines[-1].append(_Letter(chr(code), at, right, bottom, top))
    text_page.close()
    merged: list[list[_Letter]] = []
    for line in (line for line in lines if any(letter.text.strip() for letter in line)):
        if merged and _same_line(merged[-1], line):
            merged[-1].extend(line)
        else:
            merged.append(line)
    return [row for line in merged if (row := _row(line, number, height)).text]


def _row(letters: list[_Letter], page: int, page_height: float) -> _Row:
    ordered = sorted(letters, key=lambda letter: letter.left)
    seen = [letter for letter in ordered if letter.text.strip()]
    text = _GAP.sub("", clean("".join(letter.text for letter in ordered)))
    size = max(letter.top - letter.bottom for letter in seen)
    right = max(letter.right for letter in seen)
    return _Row(text, page, seen[0].left, right, max(letter.top for letter in seen), size, page_height)


def _same_line(above: list[_Letter], below: list[_Letter]) -> bool:
    """Whether two runs of letters stand on one base line."""
    first, second = _extent(above), _extent(below)
    overlap = min(first[1], second[1]) - max(first[0], second[0])
    return overlap > 0.6 * min(first[1] - first[0], second[1] - second[0])


def _extent(letters: list[_Letter]) -> tuple[float, float]:
    seen = [letter for letter in letters if letter.text.strip()]
    return min(letter.bottom for letter in seen), max(letter.top for letter in seen)


def _without_margins(pages: Sequence[list[_Row]]) -> tuple[list[_Row], int]:
    """Rows without page numbers and without lines that repeat near the edges of pages."""
    edges = Counter(
        re.sub(r"\d+", "#", row.text)
        for page in pages
        for row in {row.text: row for row in page if _at_edge(row)}.values()
    )
    often = max(2, len([page for page in pages if page]) // 3)
    kept: list[_Row] = []
    dropped = 0
    for row in (row for page in pages for row in page):
        repeats = edges[re.sub(r"\d+", "#", row.text)] > often and len(row.text) < 60
        if _at_edge(row) and (_PAGE_NUMBER.match(row.text) or repeats):
            dropped += 1
        else:
            kept.append(row)
    return kept, dropped


def _at_edge(row: _Row) -> bool:
    return row.top > (1 - _EDGE) * row.page_height or row.top - row.height < _EDGE * row.page_height


def _paragraphs(rows: Sequence[_Row]) -> list[Line]:
    """Rows joined: a paragraph ends at a short row, an indented next row, a larger gap or another size."""
    if not rows:
        return []
    margins = _margins(rows)
    lines: list[Line] = []
    before: _Row | None = None
    for row in rows:
        if before and _continues(before, row, margins):
            last = lines[-1]
            lines[-1] = Line(glue(last.text, row.text), None, 0, last.paragraph, last.page)
        else:
            lines.append(Line(row.text, None, 0, len(lines) + 1, row.page))
        before = row
    return lines


@dataclass(frozen=True, slots=True)
class _Margins:
    """Where full rows begin and end, and whether paragraphs begin indented."""

    left: float
    right: float
    indents: bool


def _margins(rows: Sequence[_Row]) -> _Margins:
    left = sorted(row.left for row in rows)[int(len(rows) * 0.3)]
    right = sorted(row.right for row in rows)[int(len(rows) * 0.8)]
    indented = sum(left + row.height < row.left < left + 4 * row.height for row in rows)
    return _Margins(left, right, indented * 20 >= len(rows))


def _continues(before: _Row, row: _Row, margins: _Margins) -> bool:
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
