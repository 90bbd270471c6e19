"""Ruled tables in an image: the rules are its long straight lines, a cell is what they enclose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.loaders.ruled import Area, Ruled

if TYPE_CHECKING:
    import numpy as np

_LEAST_WIDTH = 0.2  # of the page's width
_SHORTEST_RULE = 40  # parts of the page's longest side: letters have no strokes that long
_LEAST_CELL = 12  # pixels
_NEAR = 10.0
_MOST_CELLS = 2_000


def ruled_tables(pixels: np.ndarray) -> list[Ruled]:
    """The tables of a grey page, top down: at least two rows and two columns of cells."""
    import cv2

    rules = _rules(pixels)
    outlines, _ = cv2.findContours(rules, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found: list[Ruled] = []
    for left, top, width, height in sorted(map(cv2.boundingRect, outlines), key=lambda box: box[1]):
        if width < _LEAST_WIDTH * pixels.shape[1] or height < 2 * _LEAST_CELL:
            continue
        cells = tuple(_cells(rules[top : top + height, left : left + width], left, top))
        table = Ruled((left, top, left + width, top + height), cells, _NEAR)
        if 4 <= len(cells) <= _MOST_CELLS and len(table.rows) > 2 and len(table.columns) > 2:
            found.append(table)
    return found


def inside(tables: Sequence[Ruled], across: float, down: float) -> tuple[int, int] | None:
    """Which cell of which table holds a point."""
    for number, table in enumerate(tables):
        cell = table.cell_at(across, down)
        if cell is not None:
            return number, cell
    return None


def _rules(pixels: np.ndarray) -> np.ndarray:
    """White where a level or upright line runs, also one that is slightly askew."""
    import cv2
    import numpy as np

    _, ink = cv2.threshold(pixels, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    length = max(pixels.shape) // _SHORTEST_RULE
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    lines: np.ndarray = cv2.dilate(cv2.bitwise_or(level, upright), np.ones((5, 5), np.uint8))
    return lines


def _cells(rules: np.ndarray, left: int, top: int) -> Iterator[Area]:
    """The areas that the rules enclose."""
    import cv2

    count, _, found, _ = cv2.connectedComponentsWithStats(255 - rules, connectivity=4)
    for x, y, width, height, _ in found[1:count].tolist():
        whole = width >= rules.shape[1] - 2 or height >= rules.shape[0] + 1
        if min(width, height) >= _LEAST_CELL and not whole:
            yield (left + x, top + y, left + x + width, top + y + height)
