"""English questions to a Chinese archive: the words that are known become Chinese, the others stay as they are.

This is a word list, no translation: enough for “How many high-tech enterprises did 云溪县 have in 2024?”. What
it does not know makes the question one that nothing answers, which is said, with the nearest passages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.errors import Said
from assistant.quantities.indicators import namings

_LETTERS = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’&-]*")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\s*年|\d)")
_MARKS = re.compile(r"[?!.,;:\s]+")
_SHORTEST = 6
_SHARE = 0.5
ADVICE = Said(
    "资料是中文的，请用中文的地名和指标提问。(The archive is in Chinese: ask with Chinese names.)",
    "The archive is in Chinese: ask with Chinese names of places and indicators.",
)


@dataclass(frozen=True, slots=True)
class InChinese:
    """A question in Chinese words, and the English ones that the list does not know."""

    text: str
    unknown: tuple[str, ...] = ()


def in_chinese(question: str) -> InChinese:
    """The question with the English words that are known in Chinese; as it is when it is not English.

    >>> in_chinese("How many high-tech enterprises did 云溪县 have in 2024?").text
    '2024年 云溪县 高新技术企业 多少'
    """
    letters = len(_LETTERS.findall(question))
    if letters < _SHORTEST or letters < _SHARE * len(re.sub(r"[\s\d]", "", question)):
        return InChinese(question)
    years = [f"{year}年" for year in _YEAR.findall(question)]
    rest = _YEAR.sub(" ", question)
    asked: list[str] = []
    for words, meaning in _glossary():
        pattern = re.compile(rf"(?<![A-Za-z&-]){re.escape(words)}(?![A-Za-z&-])", re.I)
        if pattern.search(rest):
            rest = pattern.sub(" ", rest)
            asked.append(meaning)
    unknown = tuple(dict.fromkeys(_WORD.findall(rest)))
    named = _MARKS.sub(" ", _WORD.sub(" ", rest)).split()
    return InChinese(" ".join((*years, *named, *_ordered(asked))) or question, unknown)


def _ordered(meanings: list[str]) -> list[str]:
    """The matter first, then what is asked of it, the asking word last, as a Chinese question has them."""
    told = [meaning for meaning in dict.fromkeys(meanings) if meaning]
    return sorted(told, key=lambda meaning: (meaning in ("多少", "历年", "变化趋势"), not namings(meaning)))


@cache
def _glossary() -> tuple[tuple[str, str], ...]:
    text = files("assistant.chat").joinpath("data", "english.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    pairs = [(words, meaning) for words, _, meaning in (line.partition("=") for line in lines)]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
