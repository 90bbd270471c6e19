"""Each figure of a draft with where it comes from: the evidence table."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.checking.case import Case
from assistant.checking.check import FigureState, states
from assistant.records import Claim, Evidence, Span

_NEAR = 200


@dataclass(frozen=True, slots=True)
class FigureTrace:
    """One figure: its claim and sentence, its state, the source sentence if there is one, its derivation if it has one.

    `number` counts from 1 in text order; `heading` is the nearest heading above it.
    """

    number: int
    claim: Claim
    sentence: str
    state: FigureState
    source: Evidence | None = None
    derivation: str = ""
    heading: str = ""
    paragraph: int | None = None
    page: int | None = None


def trace(case: Case) -> tuple[FigureTrace, ...]:
    """A row for each figure of the draft; their states add up to the coverage."""
    formulas: dict[int, str] = {}
    for derivation in case.derivations:
        if derivation.holds:
            formulas.setdefault(derivation.stated, derivation.formula)
    rows = []
    place = _Places(case)
    for number, (claim, state, verdict) in enumerate(
        zip(case.claims, states(case), case.verdicts, strict=True)
    ):
        heading, paragraph, page = place.of(claim.quantity.span)
        rows.append(
            FigureTrace(
                number=number + 1,
                claim=claim,
                sentence=_near(case.text, claim),
                state=state,
                source=verdict.line.evidence if verdict.line else None,
                derivation=formulas.get(number, ""),
                heading=heading,
                paragraph=paragraph,
                page=page,
            )
        )
    return tuple(rows)


def _near(text: str, claim: Claim) -> str:
    """The claim's sentence; of one without an end, what is near the figure."""
    start = max(claim.sentence.start, claim.quantity.span.start - _NEAR)
    return text[start : min(claim.sentence.end, claim.quantity.span.end + _NEAR)]


class _Places:
    """Headings and numbers of paragraphs, asked for in text order."""

    def __init__(self, case: Case) -> None:
        self._blocks = iter(case.document.blocks)
        self._block = next(self._blocks, None)

    def of(self, span: Span) -> tuple[str, int | None, int | None]:
        """Heading, paragraph and page of what stands at `span`."""
        while self._block is not None and self._block.span.end <= span.start:
            self._block = next(self._blocks, None)
        if self._block is None:
            return "", None, None
        path = self._block.heading_path
        return path[-1] if path else "", self._block.paragraph, self._block.page
