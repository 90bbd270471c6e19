"""Ranks: 全市第2位, 居全省首位, 连续三年第一, 进入全国前十."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from assistant.quantities.numerals import parse
from assistant.quantities.wordlists import words
from assistant.quantities.writing import ARABIC, CHINESE, GAP
from assistant.records import Approximation, Quantity, Span

_NUMBER = f"(?P<number>{ARABIC}|{CHINESE})(?!{GAP}[万亿])"
_ORDINAL = re.compile(f"第{GAP}{_NUMBER}{GAP}")
_AMONG = re.compile(f"前{GAP}{_NUMBER}{GAP}(?P<noun>[位名强]?)")
_TOP = re.compile("首位|榜首")
_ENDS = re.compile("[，。；、,;）)！？!?：:\n\t|”’ 的和并且]|$")
_STREAK = re.compile("(?:连续|连年|蝉联)[^，。；、\n]{0,8}$")
_QUOTED = re.compile("[“‘「『][^”’」』，。；\n]{0,8}$")
_LISTED = re.compile(
    "(?:全国|全省|全市|全区|全县|全球|世界|西部|中部|东部|行业|同类|居|列|排名|排在|排|进入|跻身|迈入|挺进|入围|步入|位次)"
    "[^，。；、,;：:\\n]{0,8}$"
)
_HALF = Decimal("0.5")


def rank(text: str, start: int) -> Quantity | int | None:
    """The rank at `start`; a number (where to go on) when an ordinal stands there that ranks nothing."""
    first = text[start]
    if first == "第":
        return _ordinal(text, start)
    return _top(text, start) if first in "首榜" else _among(text, start)


def _ordinal(text: str, start: int) -> Quantity | int | None:
    match = _ORDINAL.match(text, start)
    if match is None:
        return None
    number = parse(match["number"])
    if number is None:
        return match.end()
    if number.scale > 1:
        return None  # 第2000万辆: the amount behind 第 counts
    noun = _noun(text, match.end())
    if noun is None and not _ranks(text, start, match.end()):
        return match.end()
    return _made(text, start, match.end() + len(noun or ""), number.value, noun or "", "exact")


def _noun(text: str, end: int) -> str | None:
    for noun in ("位", "名"):
        if text.startswith(noun, end) and not text.startswith(("置", "书记", "副"), end + 1):
            return noun
    return None


def _ranks(text: str, start: int, end: int) -> bool:
    """Whether an ordinal without 位 ranks: a scope or 居, 列, 排名 in front, and no noun that it numbers behind."""
    before = text[max(0, start - 12) : start]
    if text[end : end + 1] in ("”", "’") and _QUOTED.search(before):
        return False
    if any(text.startswith(word, end) for word in words("scopes.txt", "not_after")):
        return False
    if any(text.startswith(word, end) for word in words("scopes.txt", "noun")):
        return _led(before)
    strong = _led(before)
    if not strong:
        return bool(_STREAK.search(before)) and bool(_ENDS.match(text, end))
    return bool(_ENDS.match(text, end)) or not text[end : end + 1].isdigit()


def _led(before: str) -> bool:
    return bool(_scope(before)) or any(before.endswith(word) for word in words("scopes.txt", "before"))


def _among(text: str, start: int) -> Quantity | int | None:
    match = _AMONG.match(text, start)
    if match is None:
        return None
    number = parse(match["number"])
    before = text[max(0, start - 12) : start]
    noun = match["noun"]
    bare = _ENDS.match(text, match.end()) or text.startswith(("行列", "强"), match.end())
    if number is None or number.scale > 1 or number.value > 1000 or not (noun or bare):
        return None
    if not _LISTED.search(before):
        return match.end() if noun else None
    return _made(text, start, match.end(), number.value, noun if noun != "强" else "", "at_most")


def _top(text: str, start: int) -> Quantity | int | None:
    match = _TOP.match(text, start)
    if match is None or not _led(text[max(0, start - 12) : start]):
        return None
    return _made(text, start, match.end(), Decimal(1), "", "exact")


def _made(
    text: str, start: int, end: int, value: Decimal, unit: str, approximation: Approximation
) -> Quantity:
    span = Span(start, end)
    scope = _scope(text[max(0, start - 12) : start])
    return Quantity(
        "rank", span, span.of(text), value, "位" if unit == "名" else unit, precision=_HALF,
        approximation=approximation, scope=scope,
    )  # fmt: skip


@cache
def _scopes() -> re.Pattern[str]:
    ordered = sorted(words("scopes.txt", "scope"), key=lambda word: -len(word))
    return re.compile(f"({'|'.join(ordered)})(?:的|中|内|范围内|总量|增速|排名|位列|位居|列|居|排|前列)?$")


def _scope(before: str) -> str:
    found = _scopes().search(before)
    return found[1] if found else ""
