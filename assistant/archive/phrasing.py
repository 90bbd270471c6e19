"""The phrases of a question, and whether a passage has a figure for them.

Near-duplicate reports hold the words of a question many times over; the passage that answers is the one in which a
figure stands right behind them (民间投资增长7.6%, not 健全民间投资推介机制).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.archive.tokens import word_list
from assistant.quantities.indicators import asked_namings, synonyms

Phrase = tuple[tuple[str, float], ...]
"""One phrase in the ways in which reports may write it, the question's own first, with what each counts (0 to 1)."""

_OTHER_NAME = 0.9
_SHORTEST = 2
_TELLING = 3  # of a longer phrase so many characters in a row must stand there
_YEAR = re.compile(r"\d{4}\s*年?度?")
_RUN = re.compile(r"[\u3400-\u9fff0-9A-Za-z“”&.]+")
_FIGURE = re.compile(r"[^，,。；;、：:\n\d]{0,6}?\d")


def phrases(text: str, names: Iterable[str]) -> tuple[Phrase, ...]:
    """The runs of a question that are left without years, `names` (places, bodies) and words that only ask.

    >>> [forms[0][0] for forms in phrases("云溪县2024年民间投资增速是多少？", ["云溪县"])]
    ['民间投资增速']
    """
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    text = _YEAR.sub(" ", text)
    for asking in word_list("asking_phrases.txt"):
        text = text.replace(asking, " ")
    return tuple(_forms(run) for run in _RUN.findall(text) if len(run) >= _SHORTEST)


def figured(asked: Sequence[Phrase], text: str) -> float:
    """The share (0 to 1) of the phrases that stands right before a figure in `text`."""
    total = sum(len(forms[0][0]) for forms in asked)
    got = sum(len(forms[0][0]) * _best(forms, text) for forms in asked)
    return got / total if total else 0.0


def _forms(run: str) -> Phrase:
    """The run, and the same with each other name of an indicator in it."""
    others = [
        run[: naming.start] + name + run[naming.end :]
        for naming in asked_namings(run)
        for name in synonyms(naming.indicator)
    ]
    kept = dict.fromkeys(other for other in others if other != run)
    return ((run, 1.0), *((other, _OTHER_NAME) for other in kept))


def _best(forms: Phrase, text: str) -> float:
    best = 0.0
    for form, worth in forms:
        part = _longest(form, text)
        share = worth * len(part) / len(form)
        if share > best and len(part) >= min(_TELLING, len(form)) and _before_figure(part, text):
            best = share
    return best


def _longest(form: str, text: str) -> str:
    """The longest part of `form` that stands in `text`; of equal ones the first."""
    start = size = 0
    first = 0
    while first + size < len(form):
        if form[first : first + size + 1] in text:
            start, size = first, size + 1
        else:
            first += 1
    return form[start : start + size]


def _before_figure(part: str, text: str) -> bool:
    at = text.find(part)
    while at >= 0:
        if _FIGURE.match(text, at + len(part)):
            return True
        at = text.find(part, at + 1)
    return False
