"""The number that stands at a place in a text, read before its unit is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.quantities.numerals import CHINESE_DIGITS, Number, parse
from assistant.quantities.writing import number_at
from assistant.records import Approximation

_PAIR = re.compile(r"((?:[一二三四五六七八九]?十)?)([一二两三四五六七八])([二三四五六七八九])([十百千万亿]*)")
_ONLY_DIGITS = re.compile(f"[{CHINESE_DIGITS}]+")
_QUOTES = frozenset('“‘"「『')


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands in the text, before its unit is known."""

    start: int
    end: int
    number: Number
    written: str
    chinese: bool
    scaled: bool
    approximation: Approximation = "exact"
    low: Decimal | None = None
    high: Decimal | None = None


def read(text: str, start: int) -> Figure | None:
    """The figure that starts at `start`, `None` when no number stands there."""
    match = number_at(text, start)
    if match is None:
        return None
    if match["several"]:
        return _several(match)
    late = match["late"] or ""
    chinese = match["chinese"]
    if chinese and (pair := _PAIR.fullmatch(chinese)):
        return _pair(match, pair)
    if chinese and len(chinese) > 1 and _ONLY_DIGITS.fullmatch(chinese):
        return None
    digits = chinese or f"{match['arabic']}{match['scale'] or ''}{match['tail'] or ''}"
    number = parse(digits + late)
    if number is None:
        return None
    more = match["more"] or match["over"]
    return Figure(
        match.start(), match.end(), number, digits, bool(chinese), bool(match["scale"]),
        "over" if more else "exact",
    )  # fmt: skip


def _several(match: re.Match[str]) -> Figure | None:
    """十几 and 数百: only the order of magnitude is known; the value is its floor."""
    number = parse(match["several"].replace("几", "").replace("数", ""))
    if number is None:
        return None
    return Figure(match.start(), match.end(), number, match[0], True, False, "several")


def _pair(match: re.Match[str], pair: re.Match[str]) -> Figure | None:
    """两三个, 七八百, 十七八: a range without a dash."""
    head, low, high, scale = pair.groups()
    ends = [parse(head + digit + scale) for digit in (low, high)]
    if ends[0] is None or ends[1] is None or not 0 < ends[1].value - ends[0].value <= 2 * ends[0].value:
        return None
    return Figure(
        match.start(), match.end(), ends[0], match[0], True, False, "about", ends[0].value, ends[1].value
    )  # fmt: skip


def is_name(text: str, figure: Figure) -> bool:
    """“三个一百”, C919, 2.2.1, 7×24: numerals inside quoted slogans, codes and chains are no figures."""
    before, after = text[figure.start - 1 : figure.start], text[figure.end : figure.end + 2]
    if figure.chinese:
        return before in _QUOTES and before != "" and len(figure.written) < 3
    if before.isascii() and (before.isalpha() or before in ("_", "/", "+", "#", "@", "&")) and before:
        return True
    if before in ("第", "×", "·", ".", "．", "*") and before:
        return before != "第" or not figure.scaled
    return after[:1] in (".", "．") and after[1:].isdigit()
