"""Scores of drafted sections, by regular expressions over figure strings only: none of the drafter's own code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

FIGURE = re.compile(r"\d+(?:[.,，:：/]\d+)*(?:[万亿千百]+)?[%％‰]?|第[一二三四五六七八九十]+(?=[位名次])")
# Chinese numerals that count something; 一是 / 二是, 三农, 双碳 and the like are none.
NUMERAL = re.compile(
    r"[一二三四五六七八九十百千万两几数]+(?:余|多)?(?:[万亿]+)?(?:个百分点|个|家|项|户|名|人次|人|次|座|亩|公里|万元|亿元|倍|成)"
)
DEBRIS = re.compile(
    r"\*\*|__|^#+ |^\s*[-*+] |^\s*\d+[.、)] |```|\]\(|^> |\|\s*-|以下是|总的来说|综上所述|好的[，,]|希望.{0,6}(?:帮助|有用)",
    re.M,
)
_HAN = re.compile(r"[一-龥]+")
_CLAUSE = re.compile(r"[，；。、：\n]")
_WINDOW = 24


@dataclass(frozen=True)
class SectionScore:
    """Counts of one section; `figures` is how many the facts have."""

    figures: int
    carried: int
    bound: int
    invented: tuple[str, ...]
    debris: int
    repeated: int
    characters: int
    facts: int


def score(facts: Sequence[str], text: str) -> SectionScore:
    """The section's counts.

    A figure of a fact is carried when the same string stands in the text as a figure of its own; bound when,
    around one such place, most of its clause's words stand too.
    """
    wanted = [(fact, match) for fact in facts for match in FIGURE.finditer(fact)]
    places: dict[str, list[int]] = {}
    for match in FIGURE.finditer(text):
        places.setdefault(_flat(match.group()), []).append(match.start())
    carried = [(fact, match) for fact, match in wanted if _flat(match.group()) in places]
    bound = sum(
        any(_bound(fact, match, text, at) for at in places[_flat(match.group())]) for fact, match in carried
    )
    return SectionScore(
        figures=len(wanted),
        carried=len(carried),
        bound=bound,
        invented=invented(facts, text),
        debris=len(DEBRIS.findall(text)),
        repeated=repeated(text),
        characters=len(text),
        facts=len(facts),
    )


def invented(facts: Sequence[str], text: str) -> tuple[str, ...]:
    """Figures and counting numerals of the text that no fact has."""
    known = {_flat(match.group()) for fact in facts for match in FIGURE.finditer(fact)}
    figures = [match.group() for match in FIGURE.finditer(text) if _flat(match.group()) not in known]
    whole = "；".join(facts)
    numerals = [match.group() for match in NUMERAL.finditer(text) if match.group() not in whole]
    return tuple(figures + numerals)


def repeated(text: str) -> int:
    """Sentences, and clauses of ten or more characters, that stand more than once."""
    sentences = Counter(part.strip() for part in re.split(r"[。！？\n]", text) if len(part.strip()) >= 6)
    clauses = Counter(part.strip() for part in _CLAUSE.split(text) if len(part.strip()) >= 10)
    return sum(count - 1 for counts in (sentences, clauses) for count in counts.values())


def _bound(fact: str, match: re.Match[str], text: str, at: int) -> bool:
    """Whether the words around the figure in the fact stand around it in the text."""
    begin = max((cut.end() for cut in _CLAUSE.finditer(fact, 0, match.start())), default=0)
    end = next((cut.start() for cut in _CLAUSE.finditer(fact, match.end())), len(fact))
    wanted = _pairs(fact[begin:end])
    if not wanted:
        return True
    reach = end - begin + _WINDOW
    near = _pairs(text[max(0, at - reach) : at + reach])
    return len(wanted & near) * 10 >= 7 * len(wanted)


def _pairs(text: str) -> set[str]:
    return {run[at : at + 2] for run in _HAN.findall(text) for at in range(len(run) - 1)}


def _flat(figure: str) -> str:
    return figure.replace("％", "%").replace("，", ",").rstrip(",.:/")
