"""Fields of work, generic words and banned words of drafting: data files, read once."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import rjieba

_HAN = re.compile(r"[一-龥]{2,}")
_FIGURE = re.compile(
    r"(?:[\dxX×〇][\d.,，xX×〇]*)[余多]?[万亿千百]*(?:[个家户人项亩所处座台套支名件公亿万]|%|％)?"
)


@cache
def _lines(name: str) -> tuple[str, ...]:
    """The lines of data/`name` that are neither blank nor comments."""
    text = files("assistant.drafting").joinpath("data", name).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def word_list(name: str) -> frozenset[str]:
    """All words of data/`name`."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def word_table(name: str) -> dict[str, frozenset[str]]:
    """A file of lines “key: word word …”."""
    pairs = (line.split(":", 1) for line in _lines(name))
    return {key.strip(): frozenset(words.split()) for key, words in pairs}


@cache
def fields(text: str) -> dict[str, int]:
    """The fields of work that `text` speaks of, with the characters of their words in it.

    A word that is part of a longer found word counts no more (农村供水 is water, not also 农村).

    >>> sorted(fields("更新改造农村供水管网800公里"))
    ['城市建设', '水利']
    """
    found = {word for words in word_table("topics.txt").values() for word in words if word in text}
    longest = {word for word in found if not any(word != other and word in other for other in found)}
    table = word_table("topics.txt").items()
    counts = {field: sum(len(word) for word in words & longest) for field, words in table}
    return {field: count for field, count in counts.items() if count}


def main_fields(text: str) -> tuple[str, ...]:
    """The fields that `text` is mostly about, the first before the others: those with more than half the first's weight."""
    found = fields(text)
    most = max(found.values(), default=0)
    return tuple(sorted((name for name in found if 2 * found[name] > most), key=lambda name: -found[name]))


@cache
def content_pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters that say what a clause is about.

    >>> sorted(content_pairs("改造老旧小区12个"))
    ['小区', '老旧']
    """
    generic = word_list("generic.txt")
    pairs: set[str] = set()
    for token in rjieba.cut(_FIGURE.sub(" ", text)):
        if _HAN.fullmatch(token) and token not in generic:
            pairs.update(token[at : at + 2] for at in range(len(token) - 1))
    return frozenset(pairs - generic)


def longest_shared(one: str, other: str) -> int:
    """Length of the longest run of characters that both texts have."""
    best = 0
    for start in range(len(one)):
        while one[start : start + best + 1] in other and start + best < len(one):
            best += 1
    return best


@cache
def tags(text: str) -> tuple[tuple[str, str], ...]:
    """Words of `text` with their part of speech (v…, n…, m, q, x for signs)."""
    return tuple((word, tag) for word, tag in rjieba.tag(text))
