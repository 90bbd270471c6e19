"""What the archive answers with, and the filters a search takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.records import Genre, Passage
from assistant.records.document import reviewed

IngestStatus = Literal["ready", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is narrowed to; an empty field does not narrow.

    `place` and `organisation` are compared with and without their suffix (云溪 finds 云溪县);
    `documents` are document ids.
    """

    year: int | None = None
    place: str = ""
    organisation: str = ""
    genre: Genre | None = None
    documents: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is narrowed."""
        return any((self.year is not None, self.place, self.organisation, self.genre, self.documents))


@dataclass(frozen=True, slots=True)
class Hit:
    """A found passage; `score` (0 to 1) orders the hits of one search, the parts say where it came from.

    `dense` is the cosine similarity, `keyword` the BM25 score, `coverage` the share (0 to 1) of the
    question's telling words that the passage holds with its title and headings.
    """

    passage: Passage
    score: float
    dense: float
    keyword: float
    coverage: float = 0.0


@dataclass(frozen=True, slots=True)
class IngestRow:
    """What became of one given file; `documents` are ids, `reason` and `hint` are sentences in both languages."""

    name: str
    path: str
    status: IngestStatus
    documents: tuple[str, ...] = ()
    passages: int = 0
    code: str = ""
    reason: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ArchivedDocument:
    """One document of the archive without its text; `key` is the archive's own name for it."""

    key: str
    id: str
    title: str
    genre: Genre
    organisation: str
    place: str
    year: int | None
    years: tuple[int, ...]
    number: str
    source_name: str
    passages: int

    @property
    def reviewed_year(self) -> int | None:
        """The year whose results are told: a government report of 2025 looks back on 2024."""
        return reviewed(self.year, self.genre)


@dataclass(frozen=True, slots=True)
class RepairReport:
    """State of the archive: what was found amiss and, unless only checked, what was done about it.

    Both lists are Chinese sentences. `sound` is about the state before the repair.
    """

    documents: int
    passages: int
    found: tuple[str, ...] = ()
    done: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing was amiss."""
        return not self.found
