"""What the tab “ask” shows: conversations, turns, statements with the numbers of their sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.chat import RouteName
from assistant.records import Genre
from assistant.service.desk.views import CitationView, SeriesView


@dataclass(frozen=True, slots=True)
class ConversationView:
    """One conversation in the list; `updated` is ISO 8601 in UTC, `running`: it is being answered."""

    id: str
    title: str
    updated: str
    turns: int
    running: bool


@dataclass(frozen=True, slots=True)
class AskedView:
    """A question that is being answered."""

    conversation: str
    position: int


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A document by its id and title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class ScopeView:
    """What a question was asked within; what is empty does not narrow."""

    documents: tuple[NamedDocument, ...]
    years: tuple[int, ...]
    organisations: tuple[str, ...]
    kinds: tuple[Genre, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    """One verified sentence; `citations` are numbers of the turn's sources, from 1."""

    text: str
    citations: tuple[int, ...]
    figures: tuple[str, ...]
    formula: str
    remark: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A small table; `head` and all rows have the same length."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TurnView:
    """One question and its answer as far as it is; `step` is what to wait beyond while it is running.

    An empty `model` means that the answer came by rules, without one.
    """

    position: int
    question: str
    asked: str
    route: RouteName
    scope: ScopeView
    statements: tuple[StatementView, ...]
    sources: tuple[CitationView, ...]
    nearest: tuple[CitationView, ...]
    consulted: tuple[NamedDocument, ...]
    notes: tuple[str, ...]
    table: TableView | None
    series: tuple[SeriesView, ...]
    declined: bool
    incomplete: bool
    model: str
    state: Literal["running", "done"] = "done"
    step: int = 0


@dataclass(frozen=True, slots=True)
class TalkView:
    """A conversation with its turns in order."""

    id: str
    title: str
    turns: tuple[TurnView, ...]
