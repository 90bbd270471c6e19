"""Masked figures and names (xx家, x.x%, xxxx年, ***) and evasive spellings (d建) in a text."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from assistant.records import Span, Spelling

_UNIT = "[%％‰家个月日位年人名项亿万元次宗户座场批条件版篇所台套届期级届县市省区乡镇村局厅委院校]|百分点|公里|平方|立方|吨|亩|千瓦"
_NUMERAL = "一二三四五六七八九十〇零○0-9"
_MASK = re.compile(
    rf"""
    (?<![A-Za-z0-9])(?:
        [xX×ｘＸ]{{2,}}(?:\.[xX×ｘＸ]{{1,3}})?(?![A-Za-z0-9]) |  # xx家, xx.x%, xxxx年
        x{{2,}}(?=(?:mhz|ghz|kwh?|mw|km|m2|kg)(?![a-z])) |                # xxxmhz
        [xX×ｘＸ]\.[xX×ｘＸ]{{1,3}}(?![A-Za-z0-9]) |                # x.x亿元
        (?<![+＋])[xｘ](?![A-Za-z0-9+＋]|射线|光|轴|染色体|波段) |   # x个, 第x位, 招商x部
        (?<=第)[XＸ×](?![A-Za-z0-9]) | (?<![+＋])[XＸ×](?={_UNIT})            # 第X位, X家, but not 人工智能+X
    ) |
    [*＊]{{2,}} | 某{{2,}} | □{{2,}} | (?<![{_NUMERAL}])[○〇]{{2,}}(?![{_NUMERAL}年]) | _{{3,}} | ＿{{2,}} |
    【待[补填][^】\n]{{0,20}}】
    """,
    re.X,
)
_LETTERS = re.compile(r"[A-Za-z]+")


def find_masks(text: str) -> tuple[Span, ...]:
    """Every placeholder in `text`, in order; one for each run of mask characters.

    >>> [span.of("新增xx家，增长x.x%，Excel表") for span in find_masks("新增xx家，增长x.x%，Excel表")]
    ['xx', 'x.x']
    """
    return tuple(Span(*found.span()) for found in _MASK.finditer(text))


def find_spellings(text: str) -> tuple[Spelling, ...]:
    """Every evasive spelling in `text` with its meaning; the longest one at each place.

    >>> [(found.written, found.meaning) for found in find_spellings("学习20d精神，夯实d建基础，3d打印")]
    [('20d', '二十大'), ('d建', '党建')]
    """
    meanings, shapes = _table()
    found: list[Spelling] = []
    end = 0
    for letters in _LETTERS.finditer(text):
        for offset, length in shapes.get(letters.group(), ()):
            start = letters.start() - offset
            written = text[start : start + length] if start >= end else ""
            if len(written) == length and written in meanings and _is_whole(text, start, start + length):
                found.append(Spelling(Span(start, start + length), written, meanings[written]))
                end = start + length
                break
    return tuple(found)


def _is_whole(text: str, start: int, end: int) -> bool:
    """A Latin letter or digit at an end of a spelling is the last one of its word."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    begins = not (text[start].isascii() and before.isascii() and (before.isalnum() or before == "."))
    return begins and not (text[end - 1].isascii() and after.isascii() and after.isalnum())


@cache
def _table() -> tuple[dict[str, str], dict[str, tuple[tuple[int, int], ...]]]:
    """The data file: meanings by spelling, and by run of letters where (offset, length) spellings with it lie.

    Lower case only: DS is a sign on goods. Longer spellings come first.
    """
    rows = files("assistant.loaders").joinpath("data/spellings.tsv").read_text("utf-8").splitlines()
    pairs = [row.split("\t") for row in rows if row and not row.startswith("#")]
    meanings = {written: meaning for written, meaning in pairs}
    shapes: dict[str, set[tuple[int, int]]] = {}
    for written in meanings:
        for letters in _LETTERS.finditer(written):
            shapes.setdefault(letters.group(), set()).add((letters.start(), len(written)))
    return meanings, {
        run: tuple(sorted(own, key=lambda shape: (-shape[1], shape[0]))) for run, own in shapes.items()
    }
