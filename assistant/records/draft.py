"""What is being written, sentence by sentence, with what each sentence rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.records.document import Citation
from assistant.records.span import Span

SentenceRole = Literal[
    "fact",  # carries one or more facts
    "policy",  # rests on a cited passage
    "connective",  # rests on nothing: a lead-in or transition, marked as such
    "placeholder",  # carries a masked fact, still to be filled by the writer
]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a section; `span` counts in the Section's text."""

    text: str
    span: Span
    role: SentenceRole
    fact_ids: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    connective_spans: tuple[Span, ...] = ()  # what the model added, in the Section's text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its text (one or more paragraphs joined by a line break)."""

    heading: str
    level: int
    text: str = ""
    sentences: tuple[Sentence, ...] = ()
    notes: tuple[str, ...] = ()  # what was repaired or could not be done, in Chinese


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole report."""

    title: str
    organisation: str
    year: int | None
    sections: tuple[Section, ...]
    facts_name: str = ""
    model: str = ""

    @property
    def text(self) -> str:
        """Title, headings and section texts, one paragraph a line."""
        lines = [self.title] if self.title else []
        for section in self.sections:
            lines += [line for line in (section.heading, section.text) if line]
        return "\n".join(lines)
