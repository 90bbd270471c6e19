"""Enumerators at the start of a line: 一、 （一） 1. （1） ① 第一章 第一条 一是."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Series = Literal["level", "article", "clause", "item"]

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMERAL = "[一二三四五六七八九十百零〇]{1,5}"
_PATTERNS: tuple[tuple[re.Pattern[str], int, Series], ...] = (
    (re.compile(rf"第\s?({_NUMERAL}|\d{{1,2}})\s?(?:部分|章|篇|编)(?![一-龥]?届)\s*[、：:.]?\s*"), 1, "level"),
    (re.compile(rf"第\s?({_NUMERAL}|\d{{1,2}})\s?节\s*[、：:.]?\s*"), 2, "level"),
    (re.compile(rf"第\s?({_NUMERAL}|\d{{1,3}})\s?条(?:之[一二三四五六七八九十])?(?![约例件])\s*[、：:]?\s*"), 3, "article"),
    (re.compile(rf"({_NUMERAL})(?:是|要|则)(?!否)(?=[^，。])"), 0, "clause"),
    (re.compile(rf"({_NUMERAL})\s*[、．.](?![一二三四](?:季度|产|类|等|线))\s*"), 1, "level"),
    (re.compile(rf"[（(]\s?({_NUMERAL})\s?[）)]\s*[、.．]?\s*"), 2, "level"),
    (re.compile(r"(\d{1,2})\s*(?:[．、]|\.(?![\d]))\s*"), 3, "level"),
    (re.compile(r"[（(]\s?(\d{1,2})\s?[）)]\s*[、.．]?\s*"), 4, "level"),
    (re.compile(r"([①-⑳])\s*[、.．]?\s*"), 0, "item"),
    (re.compile(r"(\d{1,2})\s?[）)]\s*"), 0, "item"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Enumerator:
    """`text` as written without outer space; `end` is where the heading's own words begin in the line.

    `level` is 1 to 4 for the four levels of official prose, 3 for an article, 0 for 一是 and ①.
    `ordinal` is the number that it stands for.
    """

    text: str
    level: int
    ordinal: int
    series: Series
    end: int


def read_enumerator(line: str) -> Enumerator | None:
    """The enumerator that `line` begins with, if any.

    >>> read_enumerator("(十二)实际利用外资：1-9月")
    Enumerator(text='(十二)', level=2, ordinal=12, series='level', end=4)
    >>> read_enumerator("1.5亿元用于改造") is None
    True
    """
    for pattern, level, series in _PATTERNS:
        found = pattern.match(line)
        if found and (series == "clause" or found.end() <= len(line)):
            return Enumerator(found.group().strip(), level, ordinal(found.group(1)), series, found.end())
    return None


def ordinal(numeral: str) -> int:
    """The number of a Chinese, Arabic or circled numeral up to 999.

    >>> [ordinal(numeral) for numeral in ("十", "十二", "二十", "一百零三", "15", "③")]
    [10, 12, 20, 103, 15, 3]
    """
    if numeral.isdecimal():
        return int(numeral)
    if "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
    total, current = 0, 0
    for character in numeral:
        if character == "十":
            total, current = total + (current or 1) * 10, 0
        elif character == "百":
            total, current = total + (current or 1) * 100, 0
        else:
            current = _DIGITS[character]
    return total + current
