"""How an office counts its headings: 一、 （一） 1. （1）, or 1、 and (一) and the like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.export import gbt9704
from assistant.loaders.enumerators import read_enumerator

_NUMERAL = re.compile(r"[一二三四五六七八九十百零〇]+|\d+")
_ONES = "零一二三四五六七八九"


def mark_of(heading: str) -> tuple[int, str] | None:
    """The level of a heading's number, and how the first of its kind is written; `None` without a number.

    >>> [mark_of(heading) for heading in ("（三）聚焦要素", "12、深化改革", "总体情况")]
    [(2, '（一）'), (3, '1、'), None]
    """
    found = read_enumerator(heading)
    if found is None or found.series != "level":
        return None
    numeral = _NUMERAL.search(found.text)
    if numeral is None:
        return None
    one = "1" if numeral.group().isdecimal() else "一"
    return found.level, found.text[: numeral.start()] + one + found.text[numeral.end() :]


def learned_marks(headings: Iterable[str]) -> tuple[str, ...]:
    """The marks that most of the headings use, level by level; the standard's where there are none."""
    counts = [Counter[str]() for _ in gbt9704.MARKS]
    for heading in headings:
        found = mark_of(heading)
        if found and 1 <= found[0] <= len(counts):
            counts[found[0] - 1][found[1]] += 1
    return tuple(
        count.most_common(1)[0][0] if count else mark
        for count, mark in zip(counts, gbt9704.MARKS, strict=True)
    )


def remarked(heading: str, marks: Sequence[str]) -> str:
    """`heading` with its number written as `marks` have it on its level; one without a number stays as it is.

    >>> remarked("（三）聚焦要素", ("一、", "(一)", "1、", "（1）"))
    '(三)聚焦要素'
    """
    found = read_enumerator(heading)
    if found is None or mark_of(heading) is None or not 1 <= found.level <= len(marks):
        return heading
    mark = marks[found.level - 1]
    if mark == gbt9704.MARKS[found.level - 1]:
        return heading
    written = _NUMERAL.sub(chinese(found.ordinal) if "一" in mark else str(found.ordinal), mark, count=1)
    return written + heading[found.end :]


def chinese(number: int) -> str:
    """1 to 99 as they are spoken.

    >>> [chinese(number) for number in (2, 10, 12, 20, 35)]
    ['二', '十', '十二', '二十', '三十五']
    """
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_ONES[tens]}十"
    return head + (_ONES[ones] if ones or not tens else "")
