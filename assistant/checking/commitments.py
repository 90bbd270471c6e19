"""Targets of last year's plan beside this year's outcomes: met, missed, told, not reported.

A target and an outcome belong together when they name the same indicator (or one name holds the other),
count the same thing (all there are, or what was added; the same level; the same year), and their units can
be compared. Where the draft itself says which goal it measures by (超额完成85家的年度目标), that decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.checking.alignment import bigrams
from assistant.checking.case import Case
from assistant.quantities import agree, bind, synonyms
from assistant.quantities.compare import conversion
from assistant.quantities.counting import Measure, clause_start, measure_of
from assistant.records import Claim, Document, Evidence, Quantity

State = Literal["met", "missed", "told", "unreported"]
_KINDS = ("money", "count", "physical", "percent")
_SHORTEST = 3
_LEAST = 2.5
_CONTEXT = 24


@dataclass(frozen=True, slots=True)
class Commitment:
    """A target; `outcome` is the draft's figure for it, `None` where the draft is silent.

    state: met, missed, told (an outcome that cannot be measured against the target), unreported.
    `known` says that the indicator is one of the synonym file. `expected`: the outcome is a forecast.
    """

    indicator: str
    target: Quantity
    evidence: Evidence
    outcome: Quantity | None
    state: State
    told: Evidence | None = None
    known: bool = True
    expected: bool = False
    difference: Decimal | None = None  # outcome - target, in the target's unit


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim with what decides whether it can be the outcome of a target."""

    claim: Claim
    text: str
    measure: Measure
    levels: frozenset[str]
    year: int | None
    whole: bool
    words: frozenset[str]


def commitments(case: Case) -> Iterator[Commitment]:
    """Each target of the latest prior report's plan part, in its order."""
    reports = sorted(case.prior, key=lambda report: report.reported_year or 0)
    if not reports:
        return
    outcomes = [_told(claim, case.text) for claim in case.claims if claim.part in ("review", "")]
    seen: set[tuple[object, ...]] = set()
    for claim in targets(reports[-1]):
        target = _told(claim, reports[-1].text)
        key = (claim.indicator, claim.kind, claim.quantity.unit, target.measure, target.levels, target.year)
        if key not in seen:
            seen.add(key)
            yield _paired(case, reports[-1], target, outcomes)


def targets(report: Document) -> Iterator[Claim]:
    """The claims of a report's plan part that name an indicator."""
    for claim in bind(report):
        figure = claim.quantity
        named = len(claim.indicator) >= 2 and claim.status != "actual"
        if claim.part == "plan" and named and figure.kind in _KINDS and figure.unit:
            yield claim


def _told(claim: Claim, text: str) -> _Told:
    start = max(clause_start(text, claim) - _CONTEXT, claim.sentence.start)
    period = claim.period
    return _Told(
        claim=claim,
        text=text,
        measure=measure_of(claim, text),
        levels=frozenset(word for word in claim.qualifiers if "级" in word),
        year=period.years[-1] if period and period.years else None,
        whole=period is None or period.end is None or (period.end.month, period.end.day) == (12, 31),
        words=frozenset(bigrams(text[start : claim.quantity.span.end + _CONTEXT // 2])),
    )


def _paired(case: Case, report: Document, target: _Told, outcomes: Sequence[_Told]) -> Commitment:
    claim = target.claim
    found = max(((_closeness(target, one), -number) for number, one in enumerate(outcomes)), default=(0.0, 0))
    outcome = outcomes[-found[1]] if found[0] >= _LEAST else _by_goal(target, outcomes)
    known = len(synonyms(claim.indicator)) > 1
    evidence = _evidence("prior_report", report, claim)
    if outcome is None:
        named = any(name in case.text for name in synonyms(claim.indicator))
        state: State = "told" if named else "unreported"
        return Commitment(claim.indicator, claim.quantity, evidence, None, state, known=known)
    return Commitment(
        indicator=claim.indicator,
        target=claim.quantity,
        evidence=evidence,
        outcome=outcome.claim.quantity,
        state=_judged(claim, outcome),
        told=_evidence("draft", case.document, outcome.claim),
        known=known,
        expected=outcome.claim.status == "forecast",
        difference=_difference(claim.quantity, outcome.claim.quantity),
    )


def _evidence(role: Literal["draft", "prior_report"], document: Document, claim: Claim) -> Evidence:
    quote = claim.sentence.of(document.text)
    return Evidence(role, document.title, quote, claim.sentence, "", document.id)


def _closeness(target: _Told, one: _Told) -> float:
    """How surely `one` is the outcome of `target`; below `_LEAST` it is not taken for it."""
    mine, theirs = target.claim, one.claim
    name = _same_name(mine.indicator, theirs.indicator)
    if not name or theirs.status == "plan" or not _measures_alike(target, one):
        return 0.0
    score = name + len(target.words & one.words) / (len(target.words) + 1)
    score += (target.measure == one.measure) + (target.levels == one.levels)
    score += (mine.quantity.unit == theirs.quantity.unit) + one.whole + 0.5 * (theirs.status == "actual")
    return score


def _same_name(mine: str, theirs: str) -> float:
    if mine == theirs:
        return 3.0
    shorter, longer = sorted((mine, theirs), key=len)
    return 1.0 if len(shorter) >= _SHORTEST and shorter in longer else 0.0


def _measures_alike(target: _Told, one: _Told) -> bool:
    """Whether both figures can be of the same thing: kind, unit, year, level, total or added."""
    mine, theirs = target.claim, one.claim
    if {mine.kind, theirs.kind} - {"level", "share"} and mine.kind != theirs.kind:
        return False
    if conversion(theirs.quantity, mine.quantity) is None or theirs.quantity.value is None:
        return False
    if target.year and one.year and target.year != one.year:
        return False
    if target.measure and one.measure and target.measure != one.measure:
        return False
    return not (target.levels and one.levels and target.levels != one.levels)


def _by_goal(target: _Told, outcomes: Sequence[_Told]) -> _Told | None:
    """The figure that the draft measures by this very goal: the one before it in the same sentence."""
    previous: _Told | None = None
    for one in outcomes:
        goal = one.claim.status == "plan" and one.claim.kind != "change"
        if previous and goal and agree(one.claim.quantity, target.claim.quantity):
            same = previous.claim.sentence == one.claim.sentence
            if same and _same_name(previous.claim.indicator, target.claim.indicator):
                return previous
        if not goal and one.claim.kind == target.claim.kind:
            previous = one
    return None


def _difference(target: Quantity, outcome: Quantity) -> Decimal | None:
    factor = conversion(outcome, target)
    if factor is None or outcome.value is None or target.value is None:
        return None
    return outcome.value * factor - target.value


def _judged(target: Claim, outcome: _Told) -> State:
    """Met when the outcome reaches the target, or stays below it where the target is a ceiling."""
    difference = _difference(target.quantity, outcome.claim.quantity)
    if difference is None:
        return "told"
    ceiling = target.quantity.approximation == "at_most" or (
        target.direction == "down" and target.kind != "rate"
    )
    met = difference <= 0 if ceiling else difference >= 0
    if not met and agree(outcome.claim.quantity, target.quantity):
        met = target.quantity.approximation == "exact"
    return "met" if met else "missed" if outcome.whole else "told"
