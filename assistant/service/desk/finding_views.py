"""What a check of a draft shows: findings, figures, sources, tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.records import Severity, SourceRole

Field = Literal["title", "heading", "text"]
FigureState = Literal["supported", "derived", "unsupported", "masked", "not_assessable"]


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A quoted place; `start` and `end` count in the source's own text where they are known."""

    source: SourceRole
    source_name: str
    title: str
    place: str
    quote: str
    document_id: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class FixView:
    """Replacing `old`, which stands from `start` to `end`, by `text` settles the finding."""

    section_id: str
    field: Field
    start: int
    end: int
    old: str
    text: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding. `key` names it for adopt and ignore and stays while its sentence stays.

    `section_id` is "" for the title; `start` and `end` count in the `field` of that section.
    """

    key: str
    number: int
    rule: str
    rule_name: str
    severity: Severity
    section_id: str
    field: Field
    start: int
    end: int
    words: str
    message: str
    formula: str
    evidence: tuple[EvidenceView, ...]
    fix: FixView | None
    ignored: bool


@dataclass(frozen=True, slots=True)
class FigureView:
    """One figure of the draft with its state and, where there is one, its source or its formula."""

    section_id: str
    field: Field
    start: int
    end: int
    text: str
    state: FigureState
    indicator: str
    source: EvidenceView | None
    formula: str = ""


@dataclass(frozen=True, slots=True)
class CoverageView:
    """How many figures were seen and what became of them."""

    seen: int = 0
    supported: int = 0
    derived: int = 0
    unsupported: int = 0
    not_assessable: int = 0


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The check of a draft at `version`; `compared` are the titles of what it was held against."""

    version: int
    findings: tuple[FindingView, ...]
    figures: tuple[FigureView, ...]
    coverage: CoverageView
    compared: tuple[str, ...]
    notes: tuple[str, ...]
    clean: bool


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule; `page` maps the headings of its explanation to their texts, "" to its first line."""

    id: str
    name: str
    severity: Severity
    on: bool
    page: dict[str, str]


@dataclass(frozen=True, slots=True)
class SourceView:
    """One thing that a draft is checked against; `id` is a document of the archive or an attached file."""

    id: str
    title: str
    role: Literal["prior", "other"]
    attached: bool  # given for this draft alone, not from the archive
    year: int | None = None
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class SourcesView:
    """What a draft is checked against; `archive` says whether the archive is searched for more."""

    facts_name: str
    facts: int
    prior: tuple[SourceView, ...]
    documents: tuple[SourceView, ...]
    archive: bool


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A row of the evidence table."""

    number: int
    figure: str
    indicator: str
    state: str
    place: str
    sentence: str
    source: str
    quote: str
    derivation: str
    section_id: str
    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """A target of last year's plan and what the draft says came of it; `difference` with sign and unit, or empty."""

    indicator: str
    target: str
    outcome: str
    state: Literal["met", "missed", "told", "unreported"]
    expected: bool
    difference: str
    planned: EvidenceView
    told: EvidenceView | None


@dataclass(frozen=True, slots=True)
class OutcomesView:
    """Plan versus outcome; `prior` are the titles of the reports that the targets stand in."""

    rows: tuple[OutcomeRow, ...]
    prior: tuple[str, ...]
    notes: tuple[str, ...]
