"""A draft as the desk keeps it: sections with ids that stay, and what each sentence rests on.

A manuscript is one state of a draft. Every change makes a new one; the store keeps them all as revisions.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from assistant.errors import DraftUnknown, Said
from assistant.records import Draft, Genre, Section, Sentence, Span
from assistant.wording import Kept


@dataclass(frozen=True, slots=True)
class HeldSection:
    """One section. `sentences` are those with a known origin; what lies between them is the writer's own.

    `locked` are sentences that nothing may change, as spans of `text`. `changed` is the draft's version at the
    section's last change; `target` a wanted number of characters.
    """

    id: str
    heading: str
    level: int = 1
    text: str = ""
    sentences: tuple[Sentence, ...] = ()
    locked: tuple[Span, ...] = ()
    notes: tuple[Kept, ...] = ()
    target: int | None = None
    fact_ids: tuple[str, ...] = ()
    changed: int = 0

    @property
    def record(self) -> Section:
        """The section as drafting and export know it."""
        return Section(self.heading, self.level, self.text, self.sentences, self.notes)

    def holds_the_same(self, other: HeldSection) -> bool:
        """Whether nothing but `changed` differs."""
        return replace(self, changed=0) == replace(other, changed=0)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One state of a draft; `facts` is the id of its facts among its attachments, "" when it has none."""

    title: str
    organisation: str = ""
    year: int | None = None
    genre: Genre = "annual-summary"
    sections: tuple[HeldSection, ...] = ()
    facts: str = ""
    model: str = ""
    title_changed: int = 0

    @property
    def characters(self) -> int:
        """Characters of all texts, blanks left out."""
        return sum(count(section.text) for section in self.sections)

    def section(self, section_id: str) -> HeldSection:
        """The section with this id. Raises DraftUnknown."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise DraftUnknown(reason=Said("章节已不存在", "the section is gone"))

    def with_section(self, changed: HeldSection) -> Manuscript:
        """The same with one section replaced, found by its id. Raises DraftUnknown."""
        self.section(changed.id)
        sections = tuple(changed if one.id == changed.id else one for one in self.sections)
        return replace(self, sections=sections)

    def draft(self, facts_name: str = "") -> Draft:
        """The manuscript as export knows it."""
        sections = tuple(section.record for section in self.sections)
        return Draft(self.title, self.organisation, self.year, sections, facts_name, self.model)

    def holds_the_same(self, other: Manuscript) -> bool:
        """Whether nothing but the versions of the last changes differs."""
        return self._unstamped() == other._unstamped()

    def _unstamped(self) -> Manuscript:
        sections = tuple(replace(section, changed=0) for section in self.sections)
        return replace(self, sections=sections, title_changed=0)

    def stamped(self, before: Manuscript, version: int) -> Manuscript:
        """The same, with `version` on each section (and the title) that differs from `before`."""
        known = {section.id: section for section in before.sections}
        sections = tuple(_stamped(one, known.get(one.id), version) for one in self.sections)
        titled = before.title_changed if self.title == before.title else version
        return replace(self, sections=sections, title_changed=titled)


Edit = Callable[[Manuscript], Manuscript]
_manuscript = TypeAdapter(Manuscript)


def new_id() -> str:
    """A name for a section, draft or attachment that nothing else has."""
    return secrets.token_hex(6)


def count(text: str) -> int:
    """Characters without blanks, as offices count them."""
    return sum(not character.isspace() for character in text)


def dump(manuscript: Manuscript) -> bytes:
    """The manuscript as JSON."""
    return _manuscript.dump_json(manuscript)


def read(data: bytes) -> Manuscript:
    """The inverse of `dump`."""
    return _manuscript.validate_json(data)


def _stamped(section: HeldSection, before: HeldSection | None, version: int) -> HeldSection:
    if before is not None and section.holds_the_same(before):
        return replace(section, changed=before.changed)
    return replace(section, changed=version)
