"""What became of each figure of a draft: supported, in conflict with its source, or without one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.checking.alignment import Pair
from assistant.checking.lines import Line
from assistant.quantities import agree
from assistant.records import Quantity

Cause = Literal["", "transposed", "unit", "points", "misattributed", "stale", "differs", "unsupported"]
State = Literal["supported", "conflict", "unsupported", "not_assessable"]

_SURE = 0.72
_LIKELY = 0.55
_COMPARABLE = ("money", "count", "physical", "percent", "points", "multiple", "fraction")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`line`, `source`: the source line and its figure that decide; `other`: where a wrong value comes from."""

    state: State
    cause: Cause = ""
    line: Line | None = None
    source: Quantity | None = None
    other: Line | None = None


class Judge:
    """Decides figure by figure from the pairs of an alignment."""

    def __init__(self, figures: Sequence[Quantity], lines: Sequence[Line], pairs: Iterable[Pair]) -> None:
        self._figures = figures
        self._lines = lines
        self._pairs: dict[int, list[Pair]] = defaultdict(list)
        for pair in pairs:
            self._pairs[pair.draft].append(pair)
        self._values: dict[tuple[str, object], list[tuple[Line, Quantity]]] = defaultdict(list)
        for line in lines:
            for figure in line.figures:
                self._values[figure.unit, figure.value].append((line, figure))

    def verdict(self, number: int) -> Verdict:
        """The verdict on the draft's figure `number`."""
        figure = self._figures[number]
        if figure.value is None and figure.low is None and not figure.parts:
            return Verdict("not_assessable")
        pairs = sorted(self._pairs[number], key=lambda pair: -pair.score)
        near = [pair for pair in pairs if pair.score >= _LIKELY]
        current = [pair for pair in near if not self._lines[pair.line].earlier]
        for pair in current or near:
            if agree(figure, self._source(pair)):
                return Verdict("supported", "", self._lines[pair.line], self._source(pair))
        if current and current[0].score >= _SURE:
            return self._conflict(figure, current[0])
        if known := self._elsewhere(figure):
            return known
        return Verdict("unsupported", "unsupported", self._lines[near[0].line] if near else None)

    def _source(self, pair: Pair) -> Quantity:
        return self._lines[pair.line].figures[pair.source]

    def _elsewhere(self, figure: Quantity) -> Verdict | None:
        """The same value in a source line of other words: no support, but nothing to accuse either."""
        return None

    def _conflict(self, figure: Quantity, pair: Pair) -> Verdict:
        line, source = self._lines[pair.line], self._source(pair)
        verdict = Verdict("conflict", "differs", line, source)
        if {figure.kind, source.kind} == {"percent", "points"} and figure.value == source.value:
            return replace(verdict, cause="points")
        if digits(figure) == digits(source):
            return replace(verdict, cause="unit")
        elsewhere = self._values.get((figure.unit, figure.value), [])
        for other, _ in elsewhere:
            if other.earlier:
                return replace(verdict, cause="stale", other=other)
        if transposed(figure, source):
            return replace(verdict, cause="transposed")
        if elsewhere:
            return replace(verdict, cause="misattributed", other=elsewhere[0][0])
        return verdict


def digits(figure: Quantity) -> str:
    """The written number without separators (“1,280.50亿元” -> “1280.50”)."""
    return "".join(sign for sign in figure.text if sign.isdigit() or sign == ".")


def transposed(figure: Quantity, source: Quantity) -> bool:
    """Whether the digits are those of the source in another order, or with one dropped or doubled."""
    mine, theirs = digits(figure).replace(".", ""), digits(source).replace(".", "")
    if mine == theirs or not mine or not theirs:
        return False
    if sorted(mine) == sorted(theirs):
        return True
    longer, shorter = (mine, theirs) if len(mine) > len(theirs) else (theirs, mine)
    return len(longer) == len(shorter) + 1 >= 3 and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))
    )
