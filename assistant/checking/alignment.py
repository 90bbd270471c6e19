"""Which figure of a source stands in the same words as a figure of the draft.

Both texts are masked: a figure with its unit becomes one sign, words of approximation beside it and blanks
go away. Source lines that stand in the draft word for word are found by plain search; for figures left
over, source lines that share rare pairs of characters are aligned with the draft's sentence character by
character, and figures that meet are paired. A pair's score is the share of the words around the source's
figure that the draft has too, from 0 to 1.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from rapidfuzz.distance import LCSseq

from assistant.quantities.indicators import namings
from assistant.records import Quantity, Span

MASK = "\ue000"
_NOISE = re.compile(
    rf"[ \u3000\t\r\n]+|(?:约为?|近|超过?|逾|突破|接近|大约|达到?)(?={MASK})|(?<={MASK})(?:以上|以下|左右|余|多|以内|人民币)"
)
_SIGNS = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "“": "", "”": "", '"': ""})
_GENERIC = re.compile(
    rf"同比|平均每年|年均|平均|实际|五年来?|金额|规模|总量|比例|占比|左右|以上|[以]内|\d+年|环比|增长|下降|上升|提高|减少|增加|其中|分别|上年|去年|今年|全[国省市县区]|累计|[{MASK}，、；：（）的为达至到比较由]"
)
_LEAST_WORDS = 3
_FAINT = 0.15
_WEAK = 0.6
_CANDIDATES = 6
_LEAST_SHARE = 0.45
_WINDOW = 14
_CLAUSE_SIGNS = "，。；：！？、\n"


@dataclass(frozen=True, slots=True)
class Masked:
    """A stretch of text with its figures masked; `places[i]` is where the i-th figure's sign stands."""

    text: str
    figures: tuple[Quantity, ...]
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A draft figure (its number in the draft) and a source figure in the same words.

    score: share of the source's words around its figure that the draft has; mutual: share of the words that
    introduce the draft's figure in its clause that the source has.
    """

    draft: int
    line: int
    source: int
    score: float
    mutual: float = 1.0
    verbatim: bool = False


def mask(text: str, figures: Sequence[Quantity], stretch: Span | None = None) -> Masked:
    """Mask `figures` (ordered, all inside `stretch`) of `text`."""
    start, end = (stretch.start, stretch.end) if stretch else (0, len(text))
    pieces: list[str] = []
    for figure in figures:
        pieces += [unified(text[start : figure.span.start]), MASK]
        start = figure.span.end
    pieces.append(unified(text[start:end]))
    masked = _NOISE.sub("", "".join(pieces).translate(_SIGNS))
    return Masked(masked, tuple(figures), tuple(i for i, sign in enumerate(masked) if sign == MASK))


def unified(text: str) -> str:
    """`text` with every name of an indicator in its canonical form (高企 -> 高新技术企业)."""
    pieces: list[str] = []
    start = 0
    for name in namings(text):
        pieces += [text[start : name.start], name.indicator]
        start = name.end
    return "".join([*pieces, text[start:]])


def bigrams(text: str) -> set[str]:
    """Pairs of neighbouring characters without masks and punctuation."""
    return set(_in_order(text))


def _in_order(text: str) -> list[str]:
    """The same, each once, as they stand: sums over them come out alike in every run, to the last bit."""
    found = (text[i : i + 2] for i in range(len(text) - 1) if text[i].isalnum() and text[i + 1].isalnum())
    return list(dict.fromkeys(found))


def telling(text: str) -> bool:
    """Whether a masked line names something by which it can be told from others (not just 同比增长)."""
    return len(_GENERIC.sub("", text)) >= _LEAST_WORDS


class Lines:
    """Source lines with an inverted index of character pairs."""

    def __init__(self, lines: Iterable[Masked]) -> None:
        self.lines = tuple(lines)
        self.words = tuple(len(_GENERIC.sub("", line.text)) for line in self.lines)
        self._grams = [_in_order(line.text) for line in self.lines]
        counts = Counter(gram for grams in self._grams for gram in grams)
        total = len(self.lines) + 1
        self._weight = {gram: log(1 + total / count) for gram, count in counts.items()}
        self._total = [sum(self._weight[g] for g in grams) or 1.0 for grams in self._grams]
        self._postings: dict[str, list[int]] = {}
        for number, grams in enumerate(self._grams):
            for gram in grams:
                self._postings.setdefault(gram, []).append(number)

    def weights(self, text: str) -> list[float]:
        """How much each character of a source line tells: the rarity of the pairs that it is in."""
        rare = [self._weight.get(text[i : i + 2], 0.0) for i in range(len(text) - 1)]
        weights = [left + right for left, right in zip([0.0, *rare], [*rare, 0.0], strict=True)]
        for match in _GENERIC.finditer(text):
            for index in range(*match.span()):
                weights[index] *= _FAINT
        return weights

    def containing(self, text: str, least: float) -> list[tuple[float, int]]:
        """Lines that hold at least the share `least` of the telling pairs of `text`, best first."""
        grams = _in_order(text)
        unknown = log(2 + len(self.lines))
        total = sum(self._weight.get(gram, unknown) for gram in grams) or 1.0
        shares: dict[int, float] = {}
        for gram in grams:
            for number in self._postings.get(gram, ()):
                shares[number] = shares.get(number, 0.0) + self._weight[gram]
        ranked = sorted(((share / total, number) for number, share in shares.items()), reverse=True)
        return [pair for pair in ranked[:_CANDIDATES] if pair[0] >= least]

    def similar(self, text: str) -> list[int]:
        """Lines of which `text` holds the larger part of the rare pairs, best first."""
        shares: dict[int, float] = {}
        for gram in _in_order(text):
            weight = self._weight.get(gram)
            if weight is not None:
                for number in self._postings[gram]:
                    shares[number] = shares.get(number, 0.0) + weight
        ranked = sorted(((s / self._total[n], n) for n, s in shares.items()), reverse=True)
        return [number for share, number in ranked[:_CANDIDATES] if share >= _LEAST_SHARE]


def align(draft: Masked, sentences: Sequence[Masked], firsts: Sequence[int], sources: Lines) -> list[Pair]:
    """Pair the draft's figures with the sources'.

    `draft` is the whole draft; `sentences` are its sentences with figures and `firsts[i]` is the number of
    the first figure of `sentences[i]` in the draft.
    """
    pairs = list(_verbatim(draft, sources))
    exact = {pair.draft for pair in pairs if pair.verbatim}
    for sentence, first in zip(sentences, firsts, strict=True):
        if all(first + n in exact for n in range(len(sentence.figures))):
            continue
        for number in sources.similar(sentence.text):
            for mine, theirs, score, mutual in _meet(sentence, sources.lines[number], sources):
                if first + mine not in exact:
                    pairs.append(Pair(first + mine, number, theirs, score, mutual))
    return pairs


def _verbatim(draft: Masked, sources: Lines) -> Iterator[Pair]:
    for number, (line, words) in enumerate(zip(sources.lines, sources.words, strict=True)):
        if not line.figures or line.text == MASK:
            continue
        faint = words < _LEAST_WORDS - 1
        at = draft.text.find(line.text)
        while at >= 0:
            first = bisect_left(draft.places, at)
            if faint and not _same(draft.figures[first : first + len(line.figures)], line.figures):
                at = draft.text.find(line.text, at + 1)
                continue
            for mine in range(len(line.figures)):
                sure = words >= _LEAST_WORDS
                yield Pair(first + mine, number, mine, 1.0 if sure else _WEAK, float(sure), verbatim=sure)
            at = draft.text.find(line.text, at + 1)


def _same(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether two runs of figures say the same numbers in the same units."""
    return [(one.unit, one.value, one.low, one.high) for one in mine] == [
        (one.unit, one.value, one.low, one.high) for one in theirs
    ]


def _meet(sentence: Masked, line: Masked, sources: Lines) -> Iterator[tuple[int, int, float, float]]:
    """Figures of both that the alignment puts on each other, with the score of the words around."""
    blocks = [
        (op.src_start, op.src_end, op.dest_start)
        for op in LCSseq.opcodes(sentence.text, line.text)
        if op.tag == "equal"
    ]
    matched = [-1] * len(line.text)
    for start, end, there in blocks:
        for step in range(end - start):
            matched[there + step] = start + step
    weights = sources.weights(line.text)
    mine = {place: number for number, place in enumerate(sentence.places)}
    for number, place in enumerate(line.places):
        if matched[place] in mine:
            at = matched[place]
            yield mine[at], number, _score(weights, matched, place), _mutual(sentence.text, set(matched), at)


def _score(weights: Sequence[float], matched: Sequence[int], place: int) -> float:
    """Share of the source's telling characters around `place` that are matched near it."""
    total = got = 0.0
    at = matched[place]
    for other in range(max(0, place - _WINDOW), min(len(weights), place + _WINDOW // 2)):
        weight = weights[other] / (1 + abs(other - place) / 4)
        total += weight
        if matched[other] >= 0 and abs((matched[other] - at) - (other - place)) <= _WINDOW:
            got += weight
    return got / total if total else 0.0


def _mutual(text: str, matched: set[int], at: int) -> float:
    """Share of the characters that introduce the draft's figure, from the clause's beginning, that are matched."""
    start = max(text.rfind(sign, 0, at) for sign in (*_CLAUSE_SIGNS, MASK)) + 1
    words = _GENERIC.sub(lambda found: "，" * len(found[0]), text[max(start, at - _WINDOW) : at])
    places = [at - len(words) + i for i, sign in enumerate(words) if sign.isalnum()]
    return sum(place in matched for place in places) / len(places) if places else 1.0
