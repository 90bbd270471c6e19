"""Scores of several kinds into one order: min-max fusion over the union, then a closer look at the best.

All knobs of the search stand in `Knobs`, with the figures that chose them; `benchmarks/retrieval.py --ablation`
takes each ingredient away in turn.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from assistant.archive.keywords import Wording


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the search weighs, and how much.

    Chosen on one half of the questions of a set of near-duplicate government reports, of the same questions with
    abbreviations, and of a set of encyclopedia questions; the other halves moved the same way (nDCG@10 from 94.2,
    87.8 and 97.7 to 97.7, 93.3 and 98.7). None of them is sharp: `dense` .3 to .45, `coverage` .2 to .5, `figure`
    .3 to .4, `plan` .15 to .2, `agreement` from .5, `candidates` 30 to 150 and `reranked` 30 to 50 stay within half a point. `named` was chosen
    later, on the project's own sample reports: .1 to 1 give 90.6 to 92.5 there (88.6 without) and change the others little.
    """

    candidates: int = 60  # of each index
    dense: float = 0.4  # share of the meaning beside the words
    agreement: float = 0.5  # for the year and place that the question names, in the fused score
    named: float = 0.5  # for the same in the closer look
    reranked: int = 40  # so many get the closer look
    coverage: float = 0.4  # share of the question's telling words beside the fused score
    figure: float = 0.4  # for a figure right behind the question's words
    plan: float = 0.2  # against passages of a plan, unless the question asks for one
    other_name: float = 0.3  # weight of an indicator's other names beside the one that the question uses
    twin: float = 0.3  # against what a better passage of another year says in nearly the same words
    alike: float = 0.6  # share of common pairs of characters from which two passages are twins


KNOBS = Knobs()


@dataclass(frozen=True, slots=True)
class Scores:
    """What is known of one candidate; `agreement` is with the year and place that the question names."""

    key: str
    dense: float
    keyword: float
    agreement: float = 0.0


@dataclass(frozen=True, slots=True)
class Look:
    """What the closer look at a passage shows.

    coverage: share of the question's words; figured: share of its phrases before a figure; planned: it stands in a
    plan that is not asked for; twin: a better passage of another year says the same.
    """

    coverage: float
    figured: float = 0.0
    planned: bool = False
    agreement: float = 0.0


def fused(candidates: Sequence[Scores], knobs: Knobs = KNOBS) -> list[tuple[Scores, float]]:
    """Candidates with their fused score, best first: both scores are spread over 0 to 1 among the candidates."""
    dense = _spread([item.dense for item in candidates])
    keyword = _spread([item.keyword for item in candidates])
    scored = [
        (item, knobs.dense * near + (1 - knobs.dense) * worded + knobs.agreement * item.agreement)
        for item, near, worded in zip(candidates, dense, keyword, strict=True)
    ]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].key))


def reranked(best: Sequence[float], looks: Sequence[Look], knobs: Knobs = KNOBS) -> list[float]:
    """Final scores (.5 to 1) of the best candidates from their fused scores and the closer look, in their order."""
    covered = _spread([look.coverage for look in looks])
    mixed = [
        (1 - knobs.coverage) * first + knobs.coverage * second + knobs.figure * look.figured + knobs.named * look.agreement
        - knobs.plan * look.planned
        for first, second, look in zip(_spread(best), covered, looks, strict=True)
    ]  # fmt: skip
    lowest, highest = -knobs.plan, 1 + knobs.figure + knobs.named
    return [0.5 + 0.5 * (score - lowest) / (highest - lowest) for score in mixed]


def below(score: float, knobs: Knobs = KNOBS) -> float:
    """The final score (under .5) of a candidate that was not reranked."""
    return 0.499 * score / (1 + knobs.agreement)


def pushed(score: float, knobs: Knobs = KNOBS) -> float:
    """The final score of a reranked candidate that a better one of another year repeats; never under .5."""
    return 0.5 + (score - 0.5) * (1 - knobs.twin)


def character_pairs(text: str) -> frozenset[str]:
    """The neighbouring pairs of characters of a text."""
    return frozenset(map("".join, pairwise(text)))


def alike(mine: Set[str], theirs: Set[str], knobs: Knobs = KNOBS) -> bool:
    """Whether two texts say nearly the same, by their `character_pairs`."""
    return len(mine & theirs) >= knobs.alike * max(len(mine | theirs), 1)


def coverage(wording: Wording, weights: Mapping[str, float], held: Container[str]) -> float:
    """The share of the question's weight whose tokens stand in a passage; of several names the best counts.

    `held` are a passage's tokens, or its folded text: cutting it into tokens takes longer and finds the same.
    """
    named = {token for group in wording.names for token in group[0]}
    plain = [token for token in wording.tokens if token not in named]
    total = sum(weights[token] for token in plain)
    got = sum(weights[token] for token in plain if token in held)
    for group in wording.names:
        whole = sum(weights[token] for token in group[0])
        share = max((_share(name, weights, held) for name in group), default=0.0)
        total += whole
        got += whole * share
    return got / total if total else 0.0


def _share(name: Sequence[str], weights: Mapping[str, float], held: Container[str]) -> float:
    total = sum(weights[token] for token in name)
    return sum(weights[token] for token in name if token in held) / total if total else 0.0


def _spread(values: Sequence[float]) -> list[float]:
    low, high = min(values, default=0.0), max(values, default=0.0)
    return [(value - low) / (high - low) if high > low else 0.0 for value in values]
