"""The archive as the page shows it: what is there, what it says, what could not be taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.archive import Archive, ArchivedDocument, FailedFile, Filters, IndicatorName
from assistant.errors import DocumentUnknown
from assistant.records import Document, Genre, Reading, Report, silent
from assistant.service.desk.marking import marks_of
from assistant.service.desk.plotting import series_csv, series_view
from assistant.service.desk.views import CitationView, HeadingView, LibraryRow, SeriesView
from assistant.service.indicators import find_series
from assistant.service.library import Library

_HITS = 20
_NAMES = 30
_LONGEST_TEXT = 300_000


@dataclass(frozen=True, slots=True)
class ShelvesView:
    """All documents of the owner, and the files that could not be taken in."""

    documents: tuple[LibraryRow, ...]
    failed: tuple[FailedFile, ...]


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A piece of metadata; `origin` tells where it was read, `words` what stands there (“” when not in the text)."""

    name: str
    value: str
    origin: str
    words: str


@dataclass(frozen=True, slots=True)
class BlockView:
    """One paragraph, heading, list item or table, and where it stands in the document's text."""

    kind: str
    level: int
    text: str
    start: int
    page: int | None


@dataclass(frozen=True, slots=True)
class DescribedView:
    """A document to read; `cut` tells that only its beginning is here."""

    row: LibraryRow
    readings: tuple[ReadingView, ...]
    headings: tuple[HeadingView, ...]
    blocks: tuple[BlockView, ...]
    notes: tuple[str, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class RemovedView:
    """What was removed; it can be put back as long as the program runs and nothing else is removed."""

    documents: int
    passages: int


@dataclass(frozen=True, slots=True)
class MarkedHit:
    """A passage that was found; `marks` are the stretches of `text` with words of the question."""

    text: str
    marks: tuple[tuple[int, int], ...]
    citation: CitationView
    year: int | None
    organisation: str
    genre: Genre


@dataclass(frozen=True, slots=True)
class HealthView:
    """State of the indexes; both lists are Chinese sentences."""

    sound: bool
    found: tuple[str, ...]
    done: tuple[str, ...]


class Shelves:
    """One owner's archive. Every method sees this owner's documents alone."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._library = Library(archive)
        self._removed: tuple[Document, ...] = ()

    def rows(self) -> ShelvesView:
        """What is there, by title, and what failed."""
        documents = tuple(map(library_row, self._archive.documents()))
        return ShelvesView(documents, self._archive.failed_files())

    def describe(self, document_id: str) -> DescribedView:
        """One document with where its metadata was read, its headings and its text. Raises DocumentUnknown."""
        document = self._archive.document(document_id)
        row = next((one for one in self._archive.documents() if one.id == document_id), None)
        if row is None:
            raise DocumentUnknown(document=document_id)
        blocks = [
            BlockView(one.kind, one.level, one.span.of(document.text), one.span.start, one.page)
            for one in document.blocks
            if one.span.end <= _LONGEST_TEXT
        ]
        return DescribedView(
            row=library_row(row),
            readings=tuple(_readings(document)),
            headings=tuple(_headings(document)),
            blocks=tuple(blocks),
            notes=document.notes,
            cut=len(blocks) < len(document.blocks),
        )

    def remove(self, ids: Sequence[str]) -> RemovedView:
        """Remove documents for good; an unknown one among them removes none. Raises DocumentUnknown."""
        wanted = tuple(self._archive.document(one) for one in dict.fromkeys(ids))
        passages = sum(self._archive.remove(one.id) for one in wanted)
        self._removed = wanted
        return RemovedView(len(wanted), passages)

    def put_back(self) -> int:
        """Take in again what was removed last; the number of documents, 0 when there is nothing."""
        documents, self._removed = self._removed, ()
        self._archive.add(documents)
        return len(documents)

    def forget_failed(self, paths: Sequence[str]) -> None:
        """Take files that could not be taken in off the list."""
        self._archive.forget_failed(paths)

    def search(self, question: str, filters: Filters) -> tuple[MarkedHit, ...]:
        """The best passages with the question's words marked. Raises QueryInvalid."""
        hits = self._library.search(question, filters, _HITS)
        readable = {one.id: one for one in self._archive.documents()}
        return tuple(
            MarkedHit(
                text=hit.passage.text,
                marks=marks_of(question, hit.passage.text),
                citation=CitationView(
                    document_id=hit.passage.document_id,
                    title=hit.passage.title,
                    heading_path=hit.passage.heading_path,
                    page=hit.passage.page,
                    paragraph=hit.passage.paragraph,
                    quote=hit.passage.text,
                    start=hit.passage.span.start,
                    end=hit.passage.span.end,
                ),
                year=hit.passage.year,
                organisation=hit.passage.organisation,
                genre=hit.passage.genre,
            )
            for hit in hits
            if hit.passage.document_id in readable
        )

    def indicator_names(self, part: str = "") -> tuple[IndicatorName, ...]:
        """At most thirty indicators whose name has `part` in it, the most told first."""
        return self._archive.indicator_names(part.strip())[:_NAMES]

    def indicator_series(
        self, name: str, organisations: Sequence[str] = (), years: Sequence[int] = ()
    ) -> tuple[SeriesView, ...]:
        """The series of one indicator, the fullest first; empty lists do not narrow. Raises QueryInvalid."""
        found = find_series(self._library, name, years=tuple(years))
        chosen = [
            one
            for one in found
            if not organisations or one.organisation in organisations or one.place in organisations
        ]
        return tuple(view for view in map(series_view, chosen) if view.points)

    def series_table(self, name: str, organisations: Sequence[str], years: Sequence[int]) -> str:
        """The same as a table for Excel (CSV). Raises QueryInvalid."""
        return series_csv(self.indicator_series(name, organisations, years))

    def health(self) -> HealthView:
        """Compare catalogue and indexes. Raises ArchiveBusy while something is written."""
        report = self._library.repair(check=True)
        return HealthView(report.sound, report.found, report.done)

    def repair(self, report: Report = silent) -> HealthView:
        """Mend what differs. Raises ArchiveBusy, EmbeddingMismatch."""
        found = self._library.repair(report=report)
        return HealthView(self._library.repair(check=True).sound, found.found, found.done)


def library_row(one: ArchivedDocument) -> LibraryRow:
    """One document in the list."""
    return LibraryRow(
        id=one.id,
        title=one.title,
        genre=one.genre,
        organisation=one.organisation,
        place=one.place,
        year=one.year,
        number=one.number,
        source_name=one.source_name,
        passages=one.passages,
    )


def _readings(document: Document) -> list[ReadingView]:
    named = (
        ("organisation", document.organisation),
        ("year", document.year),
        ("place", document.place),
        ("number", document.number),
    )
    return [_reading(name, one, document) for name, one in named if one is not None]


def _reading(name: str, one: Reading, document: Document) -> ReadingView:
    words = one.span.of(document.text) if one.span else ""
    if not words and one.origin == "title":
        words = document.title
    if not words and one.origin == "file_name":
        words = document.source.name
    return ReadingView(name, one.value, one.origin, " ".join(words.split())[:80])


def _headings(document: Document) -> list[HeadingView]:
    """Headings of their own line and run-in ones, in text order."""
    found = []
    for block in document.blocks:
        span = block.span if block.kind in ("heading", "title") else block.run_in
        if span is not None and span.end <= _LONGEST_TEXT:
            text = " ".join(span.of(document.text).split())
            found.append(HeadingView(text, block.level, block.span.start, block.span.end))
    return found
