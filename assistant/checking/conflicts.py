"""What the rules share: figures in conflict with their source, failed derivations, evidence in the draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checking.case import Case
from assistant.checking.derivations import Derivation, Operation
from assistant.checking.lines import Line
from assistant.checking.rule import Rule
from assistant.checking.verdicts import Cause
from assistant.errors import Said
from assistant.records import Claim, Evidence, Finding, Fix, Quantity, Span

_REACH = 160  # characters that one finding may cover


@dataclass(frozen=True, slots=True)
class Conflict:
    """A figure of the draft beside the source figure in the same words; `other` is where its value stands."""

    claim: Claim
    source: Quantity
    line: Line
    other: Line | None

    @property
    def figure(self) -> Quantity:
        """The draft's figure."""
        return self.claim.quantity

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The source sentence, and the one that the wrong value comes from."""
        lines = [self.line] if self.other is None else [self.line, self.other]
        return tuple(line.evidence for line in lines)

    @property
    def fix(self) -> Fix:
        """The source's figure in place of the draft's."""
        return Fix(self.figure.span, self.source.text)


def in_conflict(case: Case, cause: Cause) -> Iterator[Conflict]:
    """The figures that were judged to differ from their source for `cause`."""
    for claim, verdict in zip(case.claims, case.verdicts, strict=True):
        if verdict.cause == cause and verdict.line is not None and verdict.source is not None:
            yield Conflict(claim, verdict.source, verdict.line, verdict.other)


def in_draft(case: Case, span: Span) -> Evidence:
    """A place of the draft itself as evidence."""
    return Evidence("draft", case.document.title, span.of(case.text), span, "", case.document.id)


def failed(case: Case, rule: Rule, operation: Operation, words: Said) -> Iterator[Finding]:
    """A finding for each derivation of `operation` that does not hold; `words` names what it states."""
    for derivation in case.derivations:
        if derivation.operation == operation and not derivation.holds and not derivation.contrary:
            yield _failure(case, rule, derivation, words)


def _failure(case: Case, rule: Rule, derivation: Derivation, words: Said) -> Finding:
    stated = case.figures[derivation.stated]
    message = Said(
        f"{words}与所给数据不符：写作“{stated.text}”，按{derivation.formula}计算应为{derivation.expected}。",
        f"The {words.en} “{stated.text}” does not follow from the figures given: “{derivation.formula}” gives “{derivation.expected}”.",
    )
    places = tuple(in_draft(case, case.figures[number].span) for number in derivation.operands)
    fix = Fix(stated.span, derivation.expected)
    span = _between(case, derivation) if derivation.operation == "sum" else stated.span
    return rule.finding(span, message, places, formula=derivation.formula, fix=fix)


def _between(case: Case, derivation: Derivation) -> Span:
    """From the total to the last part, since any of them may be wrong; the total alone when that is far."""
    stated, last = case.figures[derivation.stated].span, case.figures[max(derivation.operands)].span
    return Span(stated.start, last.end) if stated.start < last.end <= stated.start + _REACH else stated
