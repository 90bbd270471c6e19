"""How an office counts its headings: 一、 （一） 1. （1）, or 1、 and (一) and the like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.export import gbt9704
from assistant.loaders.enumerators import read_enumerator

_NUMERAL = re.compile(r"[一二三四五六七八九十百零〇]+|\d+")
_ONES = "零一二三四五六七八九"
_LABEL = re.compile(r"[^，,。；;：:！？\d]{2,26}[：:](?=.)")
_RUN_IN = re.compile(r"[^。；！？]{2,42}。(?=.)")
_ALONE = re.compile(r"[^。；！？]{1,50}$|[^。；！？\d]{2,42}。$")


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


def heading_end(text: str) -> tuple[int, int] | None:
    """The level of the heading that a line begins with, and where it ends; `None` where the line is text.

    A heading stands alone, or runs in: up to the first full stop, or up to the colon behind a label.

    >>> [heading_end(line) for line in ("（一）聚焦要素。开展服务。", "（二）进口：完成5亿元。", "1.进口5亿元。", "一、概况")]
    [(2, 8), (2, 6), None, (1, 4)]
    """
    found = read_enumerator(text)
    if found is None or found.series != "level" or not 1 <= found.level <= len(gbt9704.MARKS):
        return None
    words = text[found.end :]
    for pattern in (_LABEL, _RUN_IN, _ALONE):
        heading = pattern.match(words)
        if heading and not words.endswith(("，", "；", "：")):
            return found.level, found.end + heading.end()
    return None


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
