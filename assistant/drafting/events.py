"""What a draft in the making tells: sections begun, text, sections done or failed, the finished draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

from assistant.errors import ModelError
from assistant.records import Draft, Finding, Section, Sentence


@dataclass(frozen=True, slots=True)
class SectionStarted:
    """Section `index` (from 0) of `total` is being written; -1 is the opening, which is not counted."""

    index: int
    total: int
    heading: str
    level: int


@dataclass(frozen=True, slots=True)
class TextPiece:
    """The next sentence of section `index`, as it will stand; `paragraph` marks the first of a new paragraph."""

    index: int
    sentence: Sentence
    paragraph: bool = False

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.sentence.text


@dataclass(frozen=True, slots=True)
class SectionFailed:
    """The model failed in section `index`; what is not told yet follows in the writer's own words alone."""

    index: int
    heading: str
    error: ModelError


@dataclass(frozen=True, slots=True)
class SectionDone:
    """Section `index` is finished; `draft` is everything finished so far, to be kept when the rest is stopped."""

    index: int
    section: Section
    draft: Draft
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftDone:
    """The whole draft; `failures` are the sections that had to do without the model."""

    draft: Draft
    failures: tuple[SectionFailed, ...] = ()


DraftEvent = Union[SectionStarted, TextPiece, SectionFailed, SectionDone, DraftDone]  # noqa: UP007  (3.10, isinstance)
