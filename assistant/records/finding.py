"""What a check found, with the evidence that walks back to the sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.records.span import Span

Severity = Literal["error", "warning", "note"]
SourceRole = Literal["draft", "facts", "prior_report", "source", "archive"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quoted place: in the draft itself, a fact, last year's report or another source.

    `span` counts in that source's text; `place` is readable (“2024年总结 · 一、（二） · 第3段”).
    """

    source: SourceRole
    title: str
    quote: str
    span: Span | None = None
    place: str = ""
    document_id: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """Replacing `span` of the draft by `text` settles the finding."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One 核对意见. `message` is one sentence, a `Said` where it has an English form; `formula` reads “(128−100)÷100=28%” or is empty."""

    rule: str
    severity: Severity
    span: Span
    message: str
    evidence: tuple[Evidence, ...] = ()
    formula: str = ""
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many figures were seen and what became of them; the last four add up to `seen`."""

    seen: int
    supported: int
    derived: int
    unsupported: int
    not_assessable: int
