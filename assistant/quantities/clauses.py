"""A text cut into clauses, with its figures, periods and indicator names at hand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.quantities.extract import extract
from assistant.quantities.indicators import Naming, namings
from assistant.records import Quantity, Span

_BOUNDARY = re.compile(r"[，,；;。！？!?\n：:（）()]")


@dataclass
class Clause:
    """A stretch between boundaries, with the figures and names in it."""

    start: int
    end: int
    figures: list[Quantity] = field(default_factory=list)


class Text:
    """A text with its figures, periods and names in order, for bisecting.

    `year` is that of a figure without a period of its own, `now` what the text calls 今年.
    """

    def __init__(self, text: str, year: int | None, now: int | None) -> None:
        self.text = text
        self.year = year
        self.now = now
        quantities = extract(text)
        self.figures = [q for q in quantities if q.is_figure or q.kind == "masked"]
        self.periods = [q for q in quantities if q.kind in ("period", "date")]
        self.names = namings(text)
        self._name_starts = [name.start for name in self.names]
        self._figure_starts = [q.span.start for q in self.figures]
        self._period_starts = [q.span.start for q in self.periods]

    def names_in(self, start: int, end: int) -> Sequence[Naming]:
        """The known names inside."""
        low = bisect_left(self._name_starts, start)
        high = bisect_left(self._name_starts, end)
        return [name for name in self.names[low:high] if name.end <= end]

    def figures_in(self, start: int, end: int) -> list[Quantity]:
        """The figures that start inside."""
        low, high = bisect_left(self._figure_starts, start), bisect_left(self._figure_starts, end)
        return self.figures[low:high]

    def periods_in(self, start: int, end: int) -> list[Quantity]:
        """The periods and dates that start inside."""
        low, high = bisect_left(self._period_starts, start), bisect_left(self._period_starts, end)
        return self.periods[low:high]

    def inside(self, position: int) -> bool:
        """Whether a boundary sign at `position` belongs to a figure or a name (1,280; 首台（套）)."""
        index = bisect_right(self._figure_starts, position) - 1
        if index >= 0 and position < self.figures[index].span.end:
            return True
        index = bisect_right(self._name_starts, position) - 1
        return index >= 0 and position < self.names[index].end


def clauses(source: Text, sentence: Span) -> Iterator[Clause]:
    """The stretches of `sentence` between commas, colons and brackets that are not inside a figure or name."""
    start = sentence.start
    for match in _BOUNDARY.finditer(source.text, sentence.start, sentence.end):
        if not source.inside(match.start()):
            yield Clause(start, match.start(), source.figures_in(start, match.start()))
            start = match.end()
    yield Clause(start, sentence.end, source.figures_in(start, sentence.end))
