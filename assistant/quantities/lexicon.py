"""The word lists of the figures, read once: units, measure words, approximations, scopes, non-figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import cast, get_args

from assistant.quantities.numerals import CHINESE_DIGITS, CHINESE_UNITS
from assistant.quantities.wordlists import lines, words
from assistant.records import Approximation, QuantityKind

_NUMERAL = re.compile(f"[0-9{CHINESE_DIGITS}{CHINESE_UNITS}几数若]")
_APPROXIMATIONS: tuple[Approximation, ...] = ("about", "nearly", "over", "at_least", "at_most")


_TRADITIONAL = str.maketrans(
    "个项户吨亩条辆点间张种类岁场块时钟圆两万亿顷里厘升级分处",
    "個項戶噸畝條輛點間張種類歲場塊時鐘圓兩萬億頃里釐升級分處",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit or measure word.

    `name` is the canonical spelling; two units of one `dimension` convert by `factor`.
    `arabic`: not behind a lone Chinese digit (二期 names a phase); `follows`: what must not come next.
    """

    name: str
    kind: QuantityKind
    dimension: str
    factor: Decimal = Decimal(1)
    arabic: bool = False
    follows: tuple[str, ...] = ()


class Units:
    """Units by spelling; `at` finds the longest one that stands at a position."""

    def __init__(self, units: dict[str, Unit]) -> None:
        self.by_name = units
        self._by_first: dict[str, tuple[tuple[str, Unit], ...]] = {}
        for spelling in sorted(units, key=len, reverse=True):
            first = spelling[0]
            self._by_first[first] = (*self._by_first.get(first, ()), (spelling, units[spelling]))

    def at(self, text: str, start: int) -> tuple[str, Unit] | None:
        """The longest unit written at `start`, with its spelling there."""
        for spelling, unit in self._by_first.get(text[start : start + 1], ()):
            if text.startswith(spelling, start) and not text.startswith(
                unit.follows or "\0", start + len(spelling)
            ):
                return spelling, unit
        return None


@cache
def units() -> Units:
    """All units: data/units.txt (exact factors) and data/measures.txt (measure words)."""
    table: dict[str, Unit] = {}
    for line in lines("measures.txt"):
        word, dimension, *limits = line.split()
        name = word.rstrip("*")
        same = name if dimension == "-" else dimension
        table[name] = Unit(name, "count", same, arabic=word.endswith("*"), follows=tuple(limits))
    for line in lines("units.txt"):
        kind, dimension, factor, name, *others = line.split("\t")
        for spelling in (name, *others[0].split()) if others else (name,):
            follows = words("unit_limits.txt", spelling)
            table[spelling] = Unit(name, _kind(kind), dimension, Decimal(factor), follows=tuple(follows))
    traditional = {spelling.translate(_TRADITIONAL): unit for spelling, unit in table.items()}
    return Units({**traditional, **table})


def _kind(name: str) -> QuantityKind:
    kinds: tuple[QuantityKind, ...] = get_args(QuantityKind)
    return kinds[kinds.index(cast(QuantityKind, name))]


class Shield:
    """Words that hold a numeral and are no figure, found from the numeral's place in one look-up."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._by_pair: dict[str, list[tuple[int, str]]] = {}
        for word in entries:
            found = _NUMERAL.search(word)
            if found is None:
                continue
            offset = found.start()
            key = (
                word[offset : offset + 2]
                if offset + 1 < len(word)
                else word[offset - 1] + "\0" + word[offset]
            )
            self._by_pair.setdefault(key, []).append((offset, word))
        for listed in self._by_pair.values():
            listed.sort(key=lambda entry: -len(entry[1]) + entry[0])

    def end(self, text: str, start: int) -> int:
        """Where the word ends whose first numeral stands at `start`; 0 when there is none."""
        best = 0
        before = text[start - 1] if start else ""
        for key in (text[start : start + 2], before + "\0" + text[start]):
            for offset, word in self._by_pair.get(key, ()):
                if offset <= start and text.startswith(word, start - offset):
                    best = max(best, start - offset + len(word))
                    break
        return best


@cache
def shield() -> Shield:
    """data/non_figures.txt, all sections."""
    return Shield(
        word for line in lines("non_figures.txt") if not line.startswith("[") for word in line.split()
    )


class Endings:
    """Words that may end right before a position, or start right at it, each with a meaning."""

    def __init__(self, meanings: dict[str, Approximation]) -> None:
        self._meanings = meanings
        self._longest = max(map(len, meanings))

    def before(self, text: str, end: int) -> tuple[str, Approximation] | None:
        """The longest word that ends at `end`."""
        for length in range(min(self._longest, end), 0, -1):
            word = text[end - length : end]
            if word in self._meanings:
                return word, self._meanings[word]
        return None

    def after(self, text: str, start: int) -> tuple[str, Approximation] | None:
        """The longest word that starts at `start`."""
        for length in range(self._longest, 0, -1):
            word = text[start : start + length]
            if word in self._meanings:
                return word, self._meanings[word]
        return None


@cache
def prefixes() -> Endings:
    """约, 超, 近, 不低于 … in front of a figure."""
    return Endings(_meanings("prefix"))


@cache
def suffixes() -> Endings:
    """左右, 以上, 以内 … behind a figure."""
    return Endings(_meanings("suffix"))


def _meanings(side: str) -> dict[str, Approximation]:
    found: dict[str, Approximation] = {}
    for name in _APPROXIMATIONS:
        for section in (f"{side}.{name}", f"{side}.sign.{name}"):
            found.update(dict.fromkeys(words("figures.txt", section), name))
    return found
