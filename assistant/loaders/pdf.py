"""PDF: pages with text by the position of their letters and rules, pages without it by text recognition."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from assistant.errors import FileRefused, FileUnreadable, Said
from assistant.loaders.letters import Letter, letter_lines, rows_of
from assistant.loaders.lines import SourceText
from assistant.loaders.ocr import LONGEST_SIDE, is_blank, recognise
from assistant.loaders.page import Page, Row, join_pages
from assistant.loaders.pdf_tables import Tables

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PAGES = 2_000
MAX_SCANS = 300
_FEW_LETTERS = 30
_COVERED = 0.5  # share of the page that one image covers on a scanned page
_TABLE_SECONDS = 12.0
_LEAST_RULES = 4
_MOST_OBJECTS = 5_000
_RESOLUTION = 170 / 72


def read_pdf(data: bytes, name: str) -> SourceText:
    """The paragraphs and tables of a PDF with page numbers.

    Raises:
        FileRefused: protected by a password, without anything to read, or over 2,000 pages.
        FileUnreadable: broken.
    """
    return join_pdf([page for page in pdf_pages(data, name) if page.state != "image"], name)


def join_pdf(pages: list[Page], name: str) -> SourceText:
    """The pages as one text. Raises FileRefused when none of them holds any."""
    if not any(page.rows for page in pages):
        raise FileRefused(
            name=name,
            reason=Said("里面没有文字，也没有能识别的图像", "it holds neither text nor a legible image"),
        )
    return join_pages(pages)


def pdf_pages(data: bytes, name: str, first: int = 0, careful: bool = False) -> Iterator[Page]:
    """The pages from `first` (from 0) on, one by one.

    `careful`: the page `first` ended the parsing process before, so its tables and images are left alone.

    Raises:
        FileRefused, FileUnreadable: as `read_pdf`.
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
        if len(document) > MAX_PAGES:
            raise FileRefused(
                name=name, reason=Said(f"超过 {MAX_PAGES} 页", f"it has more than {MAX_PAGES} pages")
            )
        reader = _Reader(document, data)
        for index in range(first, len(document)):
            yield from reader.page(index, careful and index == first)
    finally:
        document.close()


class _Reader:
    """One PDF while it is read; pages that show the same image are recognised once."""

    def __init__(self, document: pypdfium2.PdfDocument, data: bytes) -> None:
        self._document = document
        self._tables = Tables(data)
        self._seen: dict[str, tuple[Row, ...]] = {}
        self._table_seconds = 0.0

    def page(self, index: int, careful: bool) -> Iterator[Page]:
        """One page, `index` from 0; one to recognise comes twice."""
        number, total = index + 1, len(self._document)
        try:
            page = self._document[index]
        except pypdfium2.PdfiumError:
            yield Page(number, total, state="lost")
            return
        try:
            lines = letter_lines(page)
            letters = sum(bool(letter.text.strip()) for line in lines for letter in line)
            images, rules = (0.0, 0) if careful else _drawn(page)
            if not letters or (letters < _FEW_LETTERS and images > _COVERED):
                yield from self._scan(page, number, careful)
                return
            kept = self._with_tables(page, index, lines) if rules and self._in_time() else None
            rows = kept or rows_of(lines, number, page.get_height())
            yield Page(number, total, tuple(rows))
        finally:
            page.close()

    def _in_time(self) -> bool:
        return self._table_seconds < _TABLE_SECONDS

    def _with_tables(self, page: pypdfium2.PdfPage, index: int, lines: list[list[Letter]]) -> list[Row]:
        started = time.monotonic()
        rows = self._tables.rows(page, index, lines)
        self._table_seconds += time.monotonic() - started
        return rows

    def _scan(self, page: pypdfium2.PdfPage, number: int, careful: bool) -> Iterator[Page]:
        """A page without text: blank, or an image to recognise."""
        total = len(self._document)
        if careful:
            yield Page(number, total, state="lost")
            return
        image = _rendered(page) if next(page.get_objects(max_depth=1), None) else None
        if image is None or is_blank(image):
            yield Page(number, total, state="blank")
            return
        key = hashlib.sha256(image.tobytes()).hexdigest()
        if key not in self._seen:
            if len(self._seen) >= MAX_SCANS:
                yield Page(number, total, state="skipped")
                return
            yield Page(number, total, state="image")
            self._seen[key] = recognise(image, number)
        rows = tuple(replace(row, page=number) for row in self._seen[key])
        yield Page(number, total, rows, "recognised" if rows else "blank")


def _drawn(page: pypdfium2.PdfPage) -> tuple[float, int]:
    """The share of the page that its largest image covers, and how many of its objects may be rules of tables."""
    area = max(page.get_width() * page.get_height(), 1.0)
    largest, rules = 0.0, 0
    for number, item in enumerate(page.get_objects(max_depth=3)):
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            largest = max(largest, (right - left) * (top - bottom) / area)
        rules += item.type == pdfium.FPDF_PAGEOBJ_PATH
        if number >= _MOST_OBJECTS:
            return largest, 0  # a drawing: its lines are no table
    return largest, rules if rules >= _LEAST_RULES else 0


def _rendered(page: pypdfium2.PdfPage) -> Image:
    scale = min(_RESOLUTION, LONGEST_SIDE / max(page.get_width(), page.get_height(), 1.0))
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    try:
        image: Image = bitmap.to_pil().convert("L")
        return image
    finally:
        bitmap.close()
