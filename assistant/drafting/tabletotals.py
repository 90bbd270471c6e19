"""Totals of a table, held against the sums of their rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.drafting.tablecells import Figure, Grid, figure_of
from assistant.drafting.tableheads import PART, Head, is_mean, is_total


@dataclass(slots=True)
class Totals:
    """The rows of a table that sum others up, held against the sums."""

    grid: Grid
    heads: Sequence[Head]
    names: Sequence[int]
    notes: list[str]

    def check(self, first: int) -> None:
        """Tell every total that its rows do not add up to."""
        for column, head in enumerate(self.heads):
            if head.role in ("value", "prior", "target", "change") and column not in self.names:
                self._column(column, first)

    def _column(self, column: int, first: int) -> None:
        parts: list[Figure] = []
        subtotals: list[Figure] = []
        for row in range(first, self.grid.rows):
            name = "".join(dict.fromkeys(self.grid.text(row, one) for one in self.names))
            figure = figure_of(self.grid.text(row, column))
            if figure is None or figure.value is None or PART.match(name) or is_mean(name):
                continue
            if not is_total(name):
                parts.append(figure)
            elif re.sub(r"\s", "", name).startswith("小计"):
                self._compare(row, column, figure, parts)
                subtotals.append(figure)
                parts = []
            else:
                self._compare(row, column, figure, [*subtotals, *parts])

    def _compare(self, row: int, column: int, total: Figure, parts: Sequence[Figure]) -> None:
        if len(parts) < 2 or len({one.unit for one in (total, *parts)}) > 1:
            return
        values = [one.value for one in parts if one.value is not None]
        finest = min(Decimal(1).scaleb(_exponent(value)) for value in values)
        expected = sum(values, Decimal(0))
        loose = finest * len(values) / 2 if finest < 1 else Decimal(0)
        if total.value is not None and abs(total.value - expected) > loose:
            self.notes.append(
                f"{self.grid.place(row, column)}的合计{total.text}{total.unit}与各行之和{expected}{total.unit}不符"
            )


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
