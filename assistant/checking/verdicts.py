"""What became of each figure of a draft: supported, in conflict with its source, or without one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assistant.checking.alignment import Pair, telling
from assistant.checking.lines import Line
from assistant.checking.source_lines import LineSet
from assistant.quantities import agree
from assistant.records import Quantity

Cause = Literal["", "transposed", "unit", "points", "misattributed", "stale", "differs", "unsupported"]
State = Literal["supported", "conflict", "unsupported", "not_assessable"]

_RATES = {"percent", "points"}
_STRETCH = Decimal("1.2")
_ARABIC = re.compile(r"[0-9０-９]")
SURE = 0.72
_MUTUAL = 0.6
_LIKELY = 0.55


@dataclass(frozen=True, slots=True)
class Verdict:
    """`line`, `source`: the source line and its figure that decide; `other`: where a wrong value comes from."""

    state: State
    cause: Cause = ""
    line: Line | None = None
    source: Quantity | None = None
    other: Line | None = None


_UNSUPPORTED = Verdict("unsupported", "unsupported")


class Judge:
    """Decides figure by figure from the pairs of an alignment."""

    def __init__(self, figures: Sequence[Quantity], lines: LineSet, pairs: Iterable[Pair]) -> None:
        self._figures = figures
        self._lines = lines.lines
        self._values = lines.stating
        self._pairs: dict[int, list[Pair]] = defaultdict(list)
        for pair in pairs:
            self._pairs[pair.draft].append(pair)

    def verdict(self, number: int) -> Verdict:
        """The verdict on the draft's figure `number`."""
        figure = self._figures[number]
        if figure.value is None and figure.low is None and not figure.parts:
            return Verdict("not_assessable")
        pairs = sorted(self._pairs[number], key=lambda pair: -pair.score)
        near = self._closest([pair for pair in pairs if pair.score >= _LIKELY])
        current = [pair for pair in near if not self._lines[pair.line].earlier]
        told = current or [pair for pair in near if pair.mutual]
        backing = [pair for pair in told if supports(self._source(pair), figure)]
        for pair in backing:
            if firmly(self._source(pair), figure):
                return Verdict("supported", "", self._lines[pair.line], self._source(pair))
        stale = self._stale(figure, current) if backing else None
        if stale is not None:
            return stale
        if backing:
            return Verdict("supported", "", self._lines[backing[0].line], self._source(backing[0]))
        accusing = next((pair for pair in current if self._accuses(figure, pair)), None)
        if accusing is not None:
            return self._conflict(figure, accusing)
        if not _ARABIC.search(figure.text):
            return Verdict("not_assessable") if figure.kind in ("count", "rank") else _UNSUPPORTED
        return _UNSUPPORTED

    def _closest(self, pairs: list[Pair]) -> list[Pair]:
        """Of lines that stand in the draft word for word, the longest: a shorter one may tell of something else."""
        lengths = [
            len(self._lines[pair.line].masked.text)
            for pair in pairs
            if pair.verbatim and not self._lines[pair.line].earlier
        ]
        longest = max(lengths, default=0)
        return [p for p in pairs if not p.verbatim or len(self._lines[p.line].masked.text) >= longest]

    def _stale(self, figure: Quantity, current: Sequence[Pair]) -> Verdict | None:
        """Backed by a bound only (900万人以上), while the exact source differs and last year's value is this one."""
        for pair in current:
            source = self._source(pair)
            if (
                source.approximation == "exact"
                and not supports(source, figure)
                and self._accuses(figure, pair)
            ):
                verdict = self._conflict(figure, pair)
                return verdict if verdict.cause == "stale" else None
        return None

    def _accuses(self, figure: Quantity, pair: Pair) -> bool:
        """Whether the words around the two figures are so alike that they must be the same figure."""
        if pair.verbatim:
            return True
        kinds = {figure.kind, self._source(pair).kind}
        alike = (len(kinds) == 1 or kinds == _RATES) and bool(_ARABIC.search(figure.text))
        return (
            alike
            and pair.score >= SURE
            and pair.mutual >= _MUTUAL
            and telling(self._lines[pair.line].masked.text)
        )

    def _source(self, pair: Pair) -> Quantity:
        return self._lines[pair.line].figures[pair.source]

    def _conflict(self, figure: Quantity, pair: Pair) -> Verdict:
        line, source = self._lines[pair.line], self._source(pair)
        verdict = Verdict("conflict", "differs", line, source)
        if same_number(figure, source):
            return replace(verdict, cause="points" if {figure.kind, source.kind} <= _RATES else "unit")
        elsewhere = self._values.get((figure.unit, figure.value), ())
        for other, _ in elsewhere:
            if other.earlier:
                return replace(verdict, cause="stale", other=other)
        if transposed(figure, source):
            return replace(verdict, cause="transposed")
        if elsewhere:
            return replace(verdict, cause="misattributed", other=elsewhere[0][0])
        return verdict


def supports(source: Quantity, figure: Quantity) -> bool:
    """Whether `source` lets `figure` stand.

    Where both are written with the same word (520万吨以上, 250万吨以上) the numbers themselves must be
    the same; the ends of a range may be rounded like any figure.
    """
    if agree(figure, source):
        return figure.approximation != source.approximation or _same_value(figure, source)
    if figure.unit != source.unit or None in (figure.low, figure.high, source.low, source.high):
        return False
    loose = max(figure.precision, source.precision)
    pairs = ((figure.low, source.low), (figure.high, source.high))
    return all(a is not None and b is not None and abs(a - b) <= loose for a, b in pairs)


def firmly(source: Quantity, figure: Quantity) -> bool:
    """Whether the source gives the very number, not only a bound that it keeps."""
    if figure.value is None or source.value is None or figure.unit != source.unit:
        return True
    loose = max(figure.precision, source.precision)
    return abs(figure.value - source.value) <= loose or figure.approximation != "exact"


def _same_value(figure: Quantity, source: Quantity) -> bool:
    """Whether two figures with the same word of approximation have the same number, as far as written."""
    if figure.approximation == "exact" or figure.value is None or source.value is None:
        return True
    loose = max(figure.precision, source.precision)
    return (figure.kind, figure.unit) != (source.kind, source.unit) or abs(
        figure.value - source.value
    ) <= loose


def same_number(figure: Quantity, source: Quantity) -> bool:
    """Whether the written numbers agree by themselves, without 万, 亿 and units (5332万元 and 5332.1亿元)."""
    if (
        figure.value is None
        or source.value is None
        or (figure.unit, figure.scale) == (source.unit, source.scale)
    ):
        return False
    mine, theirs = figure.value / figure.scale, source.value / source.scale
    loose = max(figure.precision / figure.scale, source.precision / source.scale)
    return abs(mine - theirs) <= loose or (
        figure.approximation != "exact" and mine <= theirs <= mine * _STRETCH
    )


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
