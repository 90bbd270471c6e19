"""Scores of two kinds into one order: min-max fusion over the union, then coverage for the best thirty.

Weights were measured on Chinese sets (see benchmarks/retrieval.py); within .3 to .6 for the dense part the
result hardly moves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.archive.keywords import Wording

DENSE = 0.35
COVERAGE = 0.6
AGREEMENT = 0.3
RERANKED = 30


@dataclass(frozen=True, slots=True)
class Scores:
    """What is known of one candidate; `agreement` is with the year and place that the question names."""

    key: str
    dense: float
    keyword: float
    agreement: float = 0.0


def fused(candidates: Sequence[Scores]) -> list[tuple[Scores, float]]:
    """Candidates with their fused score, best first: both scores are spread over 0 to 1 among the candidates."""
    dense = _spread([item.dense for item in candidates])
    keyword = _spread([item.keyword for item in candidates])
    scored = [
        (item, DENSE * near + (1 - DENSE) * worded + AGREEMENT * item.agreement)
        for item, near, worded in zip(candidates, dense, keyword, strict=True)
    ]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].key))


def reranked(best: Sequence[float], coverages: Sequence[float]) -> list[float]:
    """Final scores (.5 to 1) of the best candidates from their fused scores and their coverage, in their order."""
    mixed = zip(_spread(best), _spread(coverages), strict=True)
    return [0.5 + 0.5 * ((1 - COVERAGE) * first + COVERAGE * second) for first, second in mixed]


def below(score: float) -> float:
    """The final score (under .5) of a candidate that was not reranked."""
    return 0.499 * score / (1 + AGREEMENT)


def coverage(wording: Wording, weights: Mapping[str, float], held: frozenset[str]) -> float:
    """The share of the question's weight whose tokens stand in a passage; of several names the best counts."""
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


def _share(name: Sequence[str], weights: Mapping[str, float], held: frozenset[str]) -> float:
    total = sum(weights[token] for token in name)
    return sum(weights[token] for token in name if token in held) / total if total else 0.0


def _spread(values: Sequence[float]) -> list[float]:
    low, high = min(values, default=0.0), max(values, default=0.0)
    return [(value - low) / (high - low) if high > low else 0.0 for value in values]
