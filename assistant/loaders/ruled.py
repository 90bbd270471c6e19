"""The grid of a ruled table: which row and column each of its cells stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Area = tuple[float, float, float, float]  # left, top, right, bottom, from the upper left corner


@dataclass(frozen=True, slots=True)
class Ruled:
    """One ruled table: its area and those of its cells; edges nearer than `near` are one rule."""

    area: Area
    cells: tuple[Area, ...]
    near: float = 3.0

    @property
    def columns(self) -> tuple[float, ...]:
        """The upright edges, left to right."""
        return _edges((side for cell in self.cells for side in (cell[0], cell[2])), self.near)

    @property
    def rows(self) -> tuple[float, ...]:
        """The level edges, top to bottom."""
        return _edges((side for cell in self.cells for side in (cell[1], cell[3])), self.near)

    def place(self, area: Area) -> tuple[int, int, int, int]:
        """Row, column, row span and column span of a cell."""
        columns, rows = self.columns, self.rows
        left, right = _nearest(area[0], columns), _nearest(area[2], columns)
        top, bottom = _nearest(area[1], rows), _nearest(area[3], rows)
        return top, left, max(1, bottom - top), max(1, right - left)

    def cell_at(self, across: float, down: float) -> int | None:
        """The number of the cell that holds a point."""
        left, top, right, bottom = self.area
        if not (left <= across <= right and top <= down <= bottom):
            return None
        for number, area in enumerate(self.cells):
            if area[0] <= across <= area[2] and area[1] <= down <= area[3]:
                return number
        return None


def _nearest(value: float, edges: Sequence[float]) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - value))


def _edges(values: Iterable[float], near: float) -> tuple[float, ...]:
    """Distinct positions in order; each group is known by its first."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > near:
            edges.append(value)
    return tuple(edges)
