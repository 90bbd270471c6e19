"""How much of a question's words a text has: character pairs, without the words that only ask."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.chat.words import pattern
from assistant.quantities import synonyms
from assistant.quantities.indicators import asked_namings

_HAN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9&+.\-]+")

_PARTICLE = re.compile("[的了是]")


def pairs(text: str) -> frozenset[str]:
    """The character pairs of each run of Chinese characters; words and numbers in other letters as they are.

    >>> sorted(pairs("高企 GDP"))
    ['gdp', '高企']
    """
    found: set[str] = set()
    for run in _HAN.findall(text):
        if run[0].isascii():
            found.add(run.lower())
        else:
            found.update(run[at : at + 2] for at in range(len(run) - 1))
    return frozenset(found)


def telling(question: str) -> frozenset[str]:
    """The pairs of a question that say what it is about; all its pairs when that leaves none."""
    asking = pattern("asking").sub(" ", pattern("report").sub(" ", question))
    return pairs(_PARTICLE.sub(" ", pattern("generic").sub(" ", asking))) or pairs(asking)


def coverage(wanted: Iterable[str], text: str) -> float:
    """The share of the wanted pairs that a text has, 0 to 1; another name of an indicator counts for its own.

    >>> coverage(pairs("高新技术企业"), "高企18家")
    1.0
    """
    wanted = frozenset(wanted)
    if not wanted:
        return 0.0
    known = {name for naming in asked_namings(text) for name in synonyms(naming.indicator)}
    held = pairs(text) | pairs(" ".join(known))
    return len(wanted & held) / len(wanted)
