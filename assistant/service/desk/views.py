"""What the desk shows: frozen records that become JSON with `assistant.export.plain`.

Offsets (`start`, `end`) count code points of the text that they stand in: a section's text, its heading or
the draft's title. Times are ISO 8601 in UTC. An empty string or `None` means that there is nothing to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.records import Genre, Severity, SourceRole

DraftKind = Literal["drafted", "checked"]
SectionState = Literal["empty", "queued", "writing", "done"]
Role = Literal["fact", "policy", "connective", "placeholder", "own"]  # own: in the writer's words
Field = Literal["title", "heading", "text"]
FigureState = Literal["supported", "derived", "unsupported", "masked", "not_assessable"]
JobKind = Literal["draft", "section", "rewrite", "ingest"]
JobState = Literal["queued", "running", "stopping", "done", "stopped", "failed"]
EventType = Literal[
    "section_started", "text", "section_done", "section_failed", "row", "progress", "finished"
]


@dataclass(frozen=True, slots=True)
class ErrorView:
    """An error as a person reads it, in the language of whoever asked."""

    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class JobView:
    """Long work: `done` of `total` steps; `result` is one sentence once it has ended."""

    id: str
    kind: JobKind
    label: str
    state: JobState
    done: int = 0
    total: int = 0
    error: ErrorView | None = None
    result: str = ""
    draft_id: str = ""


@dataclass(frozen=True, slots=True)
class EventView:
    """One event of a job; `n` counts from 1. `paragraph` marks text that begins a new paragraph."""

    n: int
    type: EventType
    section_id: str = ""
    text: str = ""
    paragraph: bool = False
    ok: bool = True
    detail: str = ""


@dataclass(frozen=True, slots=True)
class EventsView:
    """The events after the ones already seen; ask again from `next`."""

    job: JobView
    events: tuple[EventView, ...]
    next: int


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft in the list; `open_findings` is None while it was not checked since its last change."""

    id: str
    title: str
    kind: DraftKind
    updated: str
    characters: int
    sections: int
    open_findings: int | None = None
    job: JobView | None = None


@dataclass(frozen=True, slots=True)
class CitationView:
    """A quoted passage; `start` and `end` count in the cited document's text, None where it was not located."""

    document_id: str
    title: str
    heading_path: tuple[str, ...]
    page: int | None
    paragraph: int | None
    quote: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence of a section. `connective` are the stretches that the model added."""

    start: int
    end: int
    role: Role
    fact_ids: tuple[str, ...] = ()
    citations: tuple[CitationView, ...] = ()
    connective: tuple[tuple[int, int], ...] = ()
    locked: bool = False


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section; `characters` count without blanks, `target` is how many are wanted."""

    id: str
    heading: str
    level: int
    text: str
    state: SectionState
    sentences: tuple[SentenceView, ...]
    notes: tuple[str, ...]
    characters: int
    target: int | None
    fact_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as it stands; `version` goes up by one with every change."""

    id: str
    title: str
    organisation: str
    year: int | None
    genre: Genre
    kind: DraftKind
    version: int
    updated: str
    sections: tuple[SectionView, ...]
    job: JobView | None
    can_undo: bool
    can_redo: bool


@dataclass(frozen=True, slots=True)
class FactFigureView:
    """A figure in a fact; `reading` tells how it was understood (“560,000,000元 · 技术合同登记额 · 2025年 · 实绩”)."""

    start: int
    end: int
    text: str
    kind: str
    reading: str
    masked: bool


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact with its figures, whose offsets count in `text`."""

    id: str
    text: str
    place: str
    figures: tuple[FactFigureView, ...]


@dataclass(frozen=True, slots=True)
class FactSectionView:
    """A heading of the facts file and what stands under it."""

    heading: str
    level: int
    facts: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class FactsView:
    """A facts file as it was understood; `text` is what the writer gave, or the same in Markdown."""

    name: str
    title: str
    organisation: str
    year: int | None
    genre: Genre
    sections: tuple[FactSectionView, ...]
    notes: tuple[str, ...] = ()
    text: str = ""


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
class Saved:
    """What a save gives back; `draft` only where more changed than the caller knows of."""

    version: int
    draft: DraftView | None
    review: ReviewView


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
    """A target of last year's plan and what the draft says came of it."""

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


@dataclass(frozen=True, slots=True)
class WhyView:
    """What the sentence under the cursor rests on."""

    section_id: str
    start: int
    end: int
    text: str
    role: Role
    locked: bool
    facts: tuple[FactView, ...]
    citations: tuple[CitationView, ...]
    figures: tuple[FigureView, ...]
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One revision; `why` is a short Chinese phrase, `current` marks the draft as it stands."""

    number: int
    when: str
    why: str
    characters: int
    current: bool = False


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """One section of two revisions: `ops` are pairs of a sign (= kept, - gone, + new) and a stretch of text."""

    section: str
    heading: str
    ops: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """One document of the archive."""

    id: str
    title: str
    genre: Genre
    organisation: str
    place: str
    year: int | None
    number: str
    source_name: str
    passages: int
    sample: bool = False


@dataclass(frozen=True, slots=True)
class HeadingView:
    """A heading of an archived document and where it stands in its text."""

    text: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DocumentView:
    """An archived document to look at: what is known of it, its headings and its text."""

    row: LibraryRow
    headings: tuple[HeadingView, ...]
    text: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HitView:
    """A passage that was found."""

    passage_id: str
    score: float
    text: str
    citation: CitationView


@dataclass(frozen=True, slots=True)
class PointView:
    """One value of a series and where it is said."""

    year: int
    value: str
    text: str
    status: str
    months: str
    citation: CitationView


@dataclass(frozen=True, slots=True)
class SeriesView:
    """The values of one indicator of one organisation; `conflicts` are years with values that disagree."""

    indicator: str
    organisation: str
    place: str
    unit: str
    measure: str
    points: tuple[PointView, ...]
    conflicts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ContextView:
    """A stretch of an archived document around a quoted span; `start` and `end` count in `text`."""

    document_id: str
    title: str
    heading_path: tuple[str, ...]
    page: int | None
    text: str
    start: int
    end: int
