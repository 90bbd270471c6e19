"""Targets of last year's plan beside this year's outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.checking.case import Case
from assistant.quantities import bind, synonyms
from assistant.records import Claim, Document, Evidence, Quantity

_KINDS = ("money", "count", "physical", "percent")


@dataclass(frozen=True, slots=True)
class Commitment:
    """A target; `outcome` is the draft's figure for it, `None` where the draft is silent.

    state: met, missed, told (an outcome that cannot be measured against the target), unreported.
    """

    indicator: str
    target: Quantity
    evidence: Evidence
    outcome: Quantity | None
    state: Literal["met", "missed", "told", "unreported"]


def commitments(case: Case) -> Iterator[Commitment]:
    """Each target of the latest prior report's plan part that names a known indicator, in its order."""
    reports = sorted(case.prior, key=lambda report: report.reported_year or 0)
    outcomes: dict[str, list[Claim]] = {}
    for claim in case.claims:
        if claim.part != "plan" and claim.status != "plan":
            outcomes.setdefault(claim.indicator, []).append(claim)
    seen: set[tuple[str, str]] = set()
    for claim in targets(reports[-1]) if reports else ():
        key = (claim.indicator, claim.kind)
        if key not in seen:
            seen.add(key)
            yield _paired(case, reports[-1], claim, outcomes.get(claim.indicator, []))


def targets(report: Document) -> Iterator[Claim]:
    """The claims of a report's plan part with an indicator of the synonym file."""
    for claim in bind(report):
        known = len(synonyms(claim.indicator)) > 1 or claim.indicator_span is not None
        named = known and len(synonyms(claim.indicator)) > 1
        if claim.part == "plan" and named and claim.quantity.kind in _KINDS:
            yield claim


def _paired(case: Case, report: Document, target: Claim, told: list[Claim]) -> Commitment:
    quote = target.sentence.of(report.text)
    evidence = Evidence("prior_report", report.title, quote, target.sentence, "", report.id)
    like = [
        c for c in told if (c.quantity.kind, c.quantity.unit) == (target.quantity.kind, target.quantity.unit)
    ]
    outcome = next((c.quantity for c in like if c.kind == target.kind), None)
    if outcome is None:
        named = told or any(name in case.text for name in synonyms(target.indicator))
        return Commitment(
            target.indicator, target.quantity, evidence, None, "told" if named else "unreported"
        )
    return Commitment(target.indicator, target.quantity, evidence, outcome, _judged(target, outcome))


def _judged(target: Claim, outcome: Quantity) -> Literal["met", "missed", "told"]:
    """Met when the outcome reaches the target, or stays below it where the target is a ceiling."""
    aim, got = target.quantity.value, outcome.value
    if aim is None or got is None:
        return "told"
    ceiling = target.direction == "down" or target.quantity.approximation == "at_most"
    if target.kind == "rate" and target.direction == "down":
        ceiling = False
    return "met" if (got <= aim if ceiling else got >= aim) else "missed"
