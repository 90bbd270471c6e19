"""Targets of last year's plan beside this year's outcomes: met, missed, told, not reported.

A target and an outcome belong together when they name the same indicator (or one name holds the other),
count the same thing (all there are, or what was added; the same level; the same year), and their units can
be compared. Where the draft itself says which goal it measures by (超额完成85家的年度目标), that decides.
"""

from __future__ import annotations

import re
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
_LEAST = 0.9
_NAMED = 0.3
_SHORT = re.compile(r"未(?:能)?(?:完成|达到?|实现)|没有(?:完成|达到)|还差|相差|低于|少于|不足|差距")
_DONE = re.compile(r"完成|超过|超出|超额|达到|实现|高于|多于")
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
    reports = sorted(case.prior, key=lambda report: report.reviewed_year or 0)
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
    outcome = _by_goal(target, outcomes) or _closest(target, outcomes)
    known = len(synonyms(claim.indicator)) > 1
    evidence = _evidence("prior_report", report, claim)
    goal = None if outcome else next((one for one in outcomes if _is_goal_of(target, one)), None)
    if goal is not None:
        quote = _evidence("draft", case.document, goal.claim)
        return Commitment(claim.indicator, claim.quantity, evidence, None, _said(goal), quote, known)
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


def _closest(target: _Told, outcomes: Sequence[_Told]) -> _Told | None:
    """The outcome that is most surely the target's; `None` when none is."""
    best, chosen = 0.0, None
    for one in outcomes:
        score = _closeness(target, one)
        if score > best:
            best, chosen = score, one
    return chosen


def _closeness(target: _Told, one: _Told) -> float:
    """How surely `one` is the outcome of `target`; 0 when it cannot be."""
    mine, theirs = target.claim, one.claim
    if theirs.status == "plan" or not _measures_alike(target, one):
        return 0.0
    alike = _same_name(mine.indicator, theirs.indicator)
    alike += 2 * len(target.words & one.words) / (len(target.words) + 1)
    if not alike or alike < _LEAST:
        return 0.0
    same = (target.measure == one.measure) + (target.levels == one.levels)
    same += (mine.quantity.unit == theirs.quantity.unit) + 2 * one.whole
    return alike + same + 0.5 * (theirs.status == "actual")


def _same_name(mine: str, theirs: str) -> float:
    """3 for the same name, 1 where one name holds the other, less where they share characters."""
    if mine == theirs:
        return 3.0
    shorter, longer = sorted((mine, theirs), key=len)
    if shorter and shorter in longer:
        return 1.0 if len(shorter) >= _SHORTEST else 0.6
    pairs, others = bigrams(mine), bigrams(theirs)
    return len(pairs & others) / max(len(pairs | others), 1)


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


def _is_goal_of(target: _Told, one: _Told) -> bool:
    """Whether the draft names this very target (比年度目标85家少2家)."""
    if one.claim.status != "plan" or one.claim.kind == "change":
        return False
    named = _same_name(one.claim.indicator, target.claim.indicator) >= _NAMED
    return named and agree(one.claim.quantity, target.claim.quantity)


def _by_goal(target: _Told, outcomes: Sequence[_Told]) -> _Told | None:
    """The figure that the draft measures by this very goal: the last before it in its sentence, of a whole year first."""
    for number, goal in enumerate(outcomes):
        if not _is_goal_of(target, goal):
            continue
        before = [one for one in outcomes[:number] if one.claim.sentence == goal.claim.sentence]
        fitting = [one for one in before if one.claim.status != "plan" and _measures_alike(target, one)]
        named = [one for one in fitting if one.claim.indicator == goal.claim.indicator]
        if named:
            return next((one for one in reversed(named) if one.whole), named[-1])
    return None


def _said(goal: _Told) -> State:
    """What the words around a named goal say of it, where no figure does."""
    words = goal.text[goal.claim.sentence.start : goal.claim.sentence.end]
    return "missed" if _SHORT.search(words) else "met" if _DONE.search(words) else "told"


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
    return "met" if met else "missed" if outcome.whole else "told"
