"""What the rules about single figures share: a figure in conflict, its evidence and its fix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checking.case import Case
from assistant.checking.lines import Line
from assistant.checking.verdicts import Cause
from assistant.records import Claim, Evidence, Fix, Quantity


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
