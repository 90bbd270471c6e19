"""What the desk shows: frozen records that become JSON with `assistant.export.plain`.

Offsets (`start`, `end`) count code points of the text that they stand in: a section's text, its heading or
the draft's title. Times are ISO 8601 in UTC. An empty string or `None` means that there is nothing to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.records import Genre
from assistant.service.desk.archive_views import CitationView, HeadingView, LibraryRow, PointView, SeriesView
from assistant.service.desk.finding_views import (
    CoverageView,
    EvidenceRow,
    EvidenceView,
    Field,
    FigureState,
    FigureView,
    FindingView,
    FixView,
    OutcomeRow,
    OutcomesView,
    ReviewView,
    RuleView,
    SourcesView,
    SourceView,
)

DraftKind = Literal["drafted", "checked"]
SectionState = Literal["empty", "queued", "writing", "done"]
Role = Literal["fact", "policy", "connective", "placeholder", "own"]  # own: in the writer's words
JobKind = Literal["draft", "section", "rewrite", "ingest"]
JobState = Literal["queued", "running", "stopping", "done", "stopped", "failed"]
EventType = Literal[
    "section_started", "text", "section_done", "section_failed", "row", "progress", "finished"
]

__all__ = [
    "CitationView",
    "ComparedSection",
    "CoverageView",
    "DraftKind",
    "DraftRow",
    "DraftView",
    "ErrorView",
    "EventType",
    "EventView",
    "EventsView",
    "EvidenceRow",
    "EvidenceView",
    "FactFigureView",
    "FactSectionView",
    "FactView",
    "FactsView",
    "Field",
    "FigureState",
    "FigureView",
    "FindingView",
    "FixView",
    "HeadingView",
    "JobKind",
    "JobState",
    "JobView",
    "LibraryRow",
    "OutcomeRow",
    "OutcomesView",
    "PointView",
    "ReviewView",
    "RevisionRow",
    "Role",
    "RuleView",
    "Saved",
    "SectionState",
    "SectionView",
    "SentenceView",
    "SeriesView",
    "SourceView",
    "SourcesView",
    "WhyView",
]


@dataclass(frozen=True, slots=True)
class ErrorView:
    """An error as a person reads it, in the language of whoever asked."""

    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class JobView:
    """Long work: `done` of `total` steps; `result` is one sentence once it has ended.

    `unwritten`: the sections that the model failed to write, in this process.
    """

    id: str
    kind: JobKind
    label: str
    state: JobState
    done: int = 0
    total: int = 0
    error: ErrorView | None = None
    result: str = ""
    draft_id: str = ""
    unwritten: tuple[str, ...] = ()


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
class Saved:
    """What a save gives back; `draft` only where more changed than the caller knows of."""

    version: int
    draft: DraftView | None
    review: ReviewView


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
    """One revision; `why` is a short phrase, `current` marks the draft as it stands."""

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
