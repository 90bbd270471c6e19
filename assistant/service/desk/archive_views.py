"""What the archive shows: documents, their headings, series, quoted passages."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records import Genre


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
