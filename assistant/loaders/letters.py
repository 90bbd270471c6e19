"""The letters of a PDF page to rows, by their boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from assistant.loaders.page import Row
from assistant.loaders.plain import clean

_SOFT_HYPHEN = 0xAD
# pdfium writes a space where digits or letters stand a little apart from Chinese characters.
_GAP = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef，。；：、—（）《》“”]) +| +(?=[\u2e80-\u9fff\uff00-\uffef，。；：、—（）《》“”])"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """One character and its box, in points."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


def letter_lines(page: pypdfium2.PdfPage) -> list[list[Letter]]:
    """The page's letters in pdfium's reading order, a list for each of its lines."""
    text_page = page.get_textpage()
    lines: list[list[Letter]] = [[]]
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if code in (10, 13):
            lines.append([])
        elif code and code != _SOFT_HYPHEN:
            left, bottom, right, top = text_page.get_charbox(index, loose=True)
            at = left if chr(code).strip() or not lines[-1] else lines[-1][-1].right
            lines[-1].append(Letter(chr(code), at, right, bottom, top))
    text_page.close()
    return lines


def rows_of(lines: Iterable[list[Letter]], number: int, page_height: float) -> list[Row]:
    """Rows of letters from left to right.

    Letters of another font (quotation marks, digits) may come late in their line, or as a line of their own.
    """
    merged: list[list[Letter]] = []
    for line in (line for line in lines if any(letter.text.strip() for letter in line)):
        if merged and _same_line(merged[-1], line):
            merged[-1].extend(line)
        else:
            merged.append(list(line))
    return [row for line in merged if (row := _row(line, number, page_height)).text]


def words(letters: Iterable[Letter]) -> str:
    """Letters from left to right as text, without the gaps that a layout leaves between them."""
    ordered = sorted(letters, key=lambda letter: letter.left)
    return close_gaps(clean("".join(letter.text for letter in ordered)))


def close_gaps(text: str) -> str:
    """No blanks beside Chinese characters.

    >>> close_gaps("新增 23 家，R&D 经费")
    '新增23家，R&D经费'
    """
    return _GAP.sub("", text)


def _row(letters: list[Letter], page: int, page_height: float) -> Row:
    seen = [letter for letter in letters if letter.text.strip()]
    size = max(letter.top - letter.bottom for letter in seen)
    left, right = min(letter.left for letter in seen), max(letter.right for letter in seen)
    return Row(words(letters), page, left, right, max(letter.top for letter in seen), size, page_height)


def _same_line(above: list[Letter], below: list[Letter]) -> bool:
    """Whether two runs of letters stand on one base line."""
    first, second = _extent(above), _extent(below)
    overlap = min(first[1], second[1]) - max(first[0], second[0])
    return overlap > 0.6 * min(first[1] - first[0], second[1] - second[0])


def _extent(letters: list[Letter]) -> tuple[float, float]:
    seen = [letter for letter in letters if letter.text.strip()]
    return min(letter.bottom for letter in seen), max(letter.top for letter in seen)
