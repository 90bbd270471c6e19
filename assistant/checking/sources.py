"""What a draft is checked against: the writer's facts, last year's reports, other documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.records import Document, Fact, FactsFile


@dataclass(frozen=True, slots=True)
class Sources:
    """Facts, prior reports (any order; their `year` tells which), and other documents.

    `sections` gives the heading that each fact stands under (empty: unknown). `year` is the facts' reported
    year; without facts the draft's own year counts.
    """

    facts: tuple[Fact, ...] = ()
    prior: tuple[Document, ...] = ()
    others: tuple[Document, ...] = ()
    sections: tuple[str, ...] = ()
    facts_name: str = "事实材料"
    year: int | None = None

    @classmethod
    def of(
        cls,
        facts: FactsFile | Sequence[str] = (),
        prior: Sequence[Document] = (),
        others: Sequence[Document] = (),
    ) -> Sources:
        """Sources from a facts file, or from plain sentences that are numbered F01, F02 and so on."""
        if isinstance(facts, FactsFile):
            headings = tuple(section.heading for section in facts.sections for _ in section.facts)
            return cls(facts.facts, tuple(prior), tuple(others), headings, facts.name, facts.year)
        numbered = tuple(Fact(f"F{number:02}", text) for number, text in enumerate(facts, 1))
        return cls(numbered, tuple(prior), tuple(others))
