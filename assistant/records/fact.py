"""The writer's facts: the only source of figures for a draft."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records.claim import Claim
from assistant.records.document import Genre
from assistant.records.span import Span


@dataclass(frozen=True, slots=True)
class Fact:
    """One bullet. `id` is F01, F02 … in file order; `claims` hold spans into `text`.

    `span` is where the bullet stands in the facts file's text (`None` for a cell); `place` reads
    “第12行” or “Sheet1!B7”. `recognised`: its text comes from an image, so that a digit may be misread.
    """

    id: str
    text: str
    claims: tuple[Claim, ...] = ()
    span: Span | None = None
    place: str = ""
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class FactSection:
    """A heading with the facts under it, in the writer's order; `level` 1 is 一、, 2 is （一）.

    `heading` carries its enumerator as written; a heading without facts is kept: it groups the ones below.
    """

    heading: str
    level: int
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class FactsFile:
    """A facts file, read; `notes` tell in Chinese what of it could not be used."""

    name: str
    title: str
    organisation: str
    year: int | None
    genre: Genre
    sections: tuple[FactSection, ...]
    place: str = ""
    notes: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts in file order."""
        return tuple(fact for section in self.sections for fact in section.facts)
