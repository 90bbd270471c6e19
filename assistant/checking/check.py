"""Check a draft: every rule over one case, findings in text order, figures accounted for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Literal

from assistant.checking.case import Case
from assistant.checking.recognised import softened
from assistant.checking.report import CheckReport
from assistant.checking.rule import Rule
from assistant.checking.rules import RULES, facts_omitted
from assistant.checking.sources import Sources
from assistant.records import Coverage, Document, Finding

FigureState = Literal["supported", "derived", "conflict", "unsupported", "not_assessable"]


def check(
    document: Document,
    sources: Sources | None = None,
    *,
    off: Collection[str] = (),
    rules: Sequence[Rule] = RULES,
) -> CheckReport:
    """What `rules`, without those whose ids are in `off`, find in `document`.

    Without `sources` the draft is checked against itself only, and its figures count as not assessable
    unless they follow from others. The same input always gives the same report.
    """
    return check_case(Case(document, sources or Sources()), off=off, rules=rules)


def check_case(case: Case, *, off: Collection[str] = (), rules: Sequence[Rule] = RULES) -> CheckReport:
    """The same on a case that the caller keeps, to trace its figures afterwards without reading them again."""
    findings = [f for rule in rules if rule.id not in off for f in rule.find(case)]
    ordered = sorted(
        dict.fromkeys(softened(case, findings)), key=lambda f: (f.span.start, f.span.end, f.rule, f.message)
    )
    return CheckReport(tuple(_without_echo(ordered)), coverage(case), tuple(case.notes))


def _without_echo(findings: Sequence[Finding]) -> list[Finding]:
    """One finding for each rule and place: the first, which carries its evidence; each missing fact is its own."""
    kept: dict[tuple[str, int, int, str], Finding] = {}
    for finding in findings:
        what = finding.message if finding.rule == facts_omitted.RULE.id else ""
        kept.setdefault((finding.rule, finding.span.start, finding.span.end, what), finding)
    return list(kept.values())


def coverage(case: Case) -> Coverage:
    """Count each figure of the draft once, as supported, derived, unsupported or not assessable."""
    return counted(states(case))


def counted(states: Iterable[FigureState]) -> Coverage:
    """The coverage of figures in these states; one in conflict with its source counts as unsupported."""
    counts = {"supported": 0, "derived": 0, "unsupported": 0, "not_assessable": 0}
    for state in states:
        counts["unsupported" if state == "conflict" else state] += 1
    return Coverage(sum(counts.values()), **counts)


def states(case: Case) -> list[FigureState]:
    """The state of each figure; one in conflict with its source counts as unsupported in the coverage."""
    return [
        "derived" if verdict.state != "supported" and number in case.derived else verdict.state
        for number, verdict in enumerate(case.verdicts)
    ]
