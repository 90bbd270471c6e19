"""The archive as the rest of the program sees it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType

from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever

from assistant import llm
from assistant.archive import corrections, indicators, listing, lookup, store
from assistant.archive.catalogue import Catalogue, archive_folder
from assistant.archive.corrections import Correction
from assistant.archive.fusion import KNOBS, Knobs
from assistant.archive.indexes import Indexes
from assistant.archive.indexing import Indexer, OnStep, no_step
from assistant.archive.ingest import Ingest, document_delivery, file_deliveries
from assistant.archive.listing import FailedFile, IndicatorName
from assistant.archive.lock import writing
from assistant.archive.repair import Repair
from assistant.archive.results import ArchivedDocument, Filters, Hit, IngestRow, RepairReport
from assistant.archive.retriever import ArchiveRetriever
from assistant.archive.schema import digest
from assistant.archive.search import Search
from assistant.archive.series import KINDS, Series, Wanted, series
from assistant.errors import DocumentUnknown, QueryInvalid, Said
from assistant.loaders import load
from assistant.records import ClaimKind, Document, Passage, Report, silent
from assistant.settings import Settings

WAIT_SECONDS = 30.0
LOCAL = "local"
NO_FILTERS = Filters()
_MEGABYTE = 1_000_000


class Archive:
    """Documents of one owner: taken in, searched, repaired, removed. Use as a context manager.

    Every read is the owner's alone. Searches may run in several threads and processes at once; writes take
    turns.
    """

    def __init__(
        self,
        settings: Settings,
        embeddings: Embeddings,
        owner: str = LOCAL,
        *,
        on_step: OnStep = no_step,
        wait_seconds: float = WAIT_SECONDS,
        today: Callable[[], date] = date.today,
        knobs: Knobs = KNOBS,
    ) -> None:
        self._settings = settings
        self._embeddings = embeddings
        self._owner = owner
        self._on_step = on_step
        self._wait = wait_seconds
        self._folder = archive_folder(settings)
        self._catalogue = Catalogue.of(settings)
        self._indexes = Indexes(self._catalogue, self._folder, settings.chroma_url)
        self._search = Search(self._catalogue, self._indexes, embeddings, owner, today, knobs)

    @classmethod
    def open(
        cls,
        settings: Settings,
        embeddings: Embeddings | None = None,
        owner: str = LOCAL,
        *,
        on_step: OnStep = no_step,
        wait_seconds: float = WAIT_SECONDS,
        today: Callable[[], date] = date.today,
        knobs: Knobs = KNOBS,
    ) -> Archive:
        """Open the archive in `settings.home`, or make it.

        `embeddings` defaults to the settings' embedding model. A write waits `wait_seconds` for another
        writer. `on_step` is called between the writes of an ingest or a removal; `today` dates "去年"; `knobs` are
        what the search weighs.

        Raises:
            ArchiveReadOnly, ArchiveBusy, ArchiveUnavailable: the catalogue cannot be opened.
        """
        model = llm.embedding_model(settings) if embeddings is None else embeddings
        return cls(
            settings, model, owner, on_step=on_step, wait_seconds=wait_seconds, today=today, knobs=knobs
        )

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let database and indexes go."""
        self._search.close()
        self._indexes.close()
        self._catalogue.close()

    def ingest(self, paths: Iterable[Path | str], report: Report = silent) -> list[IngestRow]:
        """Take in files and folders; one row a file, in order. What is unchanged is only hashed.

        A file that cannot be read becomes a row with status "failed", a code and a reason. A file with new
        content under a known path replaces its former documents once the new ones are ready.

        Raises:
            ArchiveBusy, ArchiveReadOnly: nothing could be written.
            EmbeddingMismatch: the archive's vectors come from another embedding model.
            ModelError: the embedding model failed; what was finished before stays.
        """
        limit = self._settings.max_file_mb * _MEGABYTE
        deliveries = file_deliveries(
            map(Path, paths), lambda path: load(path, max_bytes=limit, report=report), self._folder
        )
        with self._writer(report) as indexer:
            return Ingest(indexer, self._owner, report, self._on_step).run(deliveries)

    def add(
        self,
        documents: Iterable[Document],
        passages: Mapping[str, Sequence[Passage]] | None = None,
        report: Report = silent,
    ) -> list[IngestRow]:
        """Take in documents that are in memory; `passages` by document id replace our own cutting."""
        deliveries = [document_delivery(document) for document in documents]
        with self._writer(report) as indexer:
            return Ingest(indexer, self._owner, report, self._on_step, passages).run(deliveries)

    def search(
        self,
        question: str,
        *,
        filters: Filters = NO_FILTERS,
        k: int = 10,
        offset: int = 0,
    ) -> list[Hit]:
        """The best `k` passages for a question after the first `offset`, best first.

        `filters` narrow for certain; a year, place or organisation in the question only moves up what
        agrees with it.

        Raises:
            QueryInvalid: empty or over-long question, `k` or `offset` out of range.
            ArchiveDamaged: an index cannot be read; `repair` mends it.
        """
        if not (1 <= k <= 1_000 and 0 <= offset <= 10_000):
            raise QueryInvalid(reason=Said("条数应在 1 到 1000 之间", "ask for 1 to 1,000 hits"))
        return self._search.hits(question, filters, k, offset)

    def retriever(self, *, filters: Filters = NO_FILTERS, k: int = 10) -> BaseRetriever:
        """The same search as a LangChain retriever."""
        return ArchiveRetriever(find=lambda question: self.search(question, filters=filters, k=k))

    def documents(self) -> tuple[ArchivedDocument, ...]:
        """The ready documents, by title."""
        return self._search.documents()

    def document(self, document_id: str) -> Document:
        """One document in full, as it was loaded.

        Raises:
            DocumentUnknown: this owner has no such document.
        """
        with self._catalogue.read() as connection:
            found = lookup.body(connection, self._owner, document_id)
        if found is None:
            raise DocumentUnknown(document=document_id)
        return found

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of one document in text order; none when it is unknown."""
        with self._catalogue.read() as connection:
            return lookup.passages_of(connection, self._owner, document_id)

    def indicators(
        self,
        name: str,
        *,
        organisation: str = "",
        place: str = "",
        years: Collection[int] = (),
        kinds: Collection[ClaimKind] = KINDS,
    ) -> tuple[Series, ...]:
        """What the documents say of an indicator over the years, a series for each organisation and measure.

        `name` may be any of its names, with words such as 有效 or 新认定 that ask for totals or additions;
        `organisation` and `place` may be parts of names. Every point carries its citation; targets stand
        beside results, and conflicting values are all kept.
        """
        wanted = Wanted(name, organisation, place, years, kinds)
        with self._catalogue.read() as connection:
            unread = bool(indicators.unread(connection))
        if unread:
            with self._writer(silent, claim=False) as indexer:
                indexer.read_claims()
        with self._catalogue.read() as connection:
            return series(connection, self._owner, wanted)

    def indicator_names(self, part: str = "") -> tuple[IndicatorName, ...]:
        """The indicators that the ready documents tell, those with `part` in their name; the most told first."""
        with self._catalogue.read() as connection:
            return listing.indicator_names(connection, self._owner, part)

    def failed_files(self) -> tuple[FailedFile, ...]:
        """The files that could not be taken in, by name, with code and reason."""
        with self._catalogue.read() as connection:
            return listing.failed_files(connection, self._owner)

    def forget_failed(self, paths: Collection[str]) -> None:
        """Take files that could not be taken in off that list."""
        with self._catalogue.write() as connection:
            listing.forget_failed(connection, self._owner, paths)

    def correct(self, document_id: str, correction: Correction) -> Document:
        """Set right what was read of a document; searches, series and checks go by it from then on.

        It stays right when the file is read anew, until the document is removed.

        Raises:
            DocumentUnknown: this owner has no such document.
            ArchiveBusy, ArchiveReadOnly: nothing could be written.
        """
        with self._writer(silent) as indexer:
            key = digest(self._owner, document_id)
            parts = self.passages(document_id)
            document = self.document(document_id)
            with self._catalogue.write() as connection:
                document = corrections.put(connection, key, correction).of(document)
                parts = tuple(corrections.relabelled(parts, document))
                sources, hashes = store.rewrite(connection, self._owner, document, parts)
            self._on_step("passages written")
            indexer.complete(sources)
            with self._catalogue.write() as connection:
                store.erase_vectors(connection, hashes)
        return document

    def remove(self, document_id: str) -> int:
        """Remove a document for good: text, passages, vectors, keywords; returns the passages removed.

        Raises:
            DocumentUnknown: this owner has no such document.
        """
        with self._writer(silent, claim=False) as indexer:
            self.document(document_id)
            with self._catalogue.write() as connection:
                generation = store.mark_removed(connection, digest(self._owner, document_id))
            self._indexes.written(generation)
            self._on_step("delete marked")
            return indexer.sweep()

    def repair(self, check: bool = False, re_embed: bool = False, report: Report = silent) -> RepairReport:
        """Compare the catalogue with both indexes and mend what differs, without embedding again.

        `check` only reports. `re_embed` makes all vectors anew with the configured embedding model.

        Raises:
            EmbeddingMismatch: vectors are missing, and the archive's come from another embedding model.
            ArchiveBusy: another process is writing.
        """
        with writing(self._folder, self._wait):
            indexer = self._indexer(report)
            self._indexes.refresh()
            try:
                repair = Repair(indexer, report)
                return repair.check() if check else repair.mend(re_embed)
            finally:
                self._indexes.keywords.release()

    def _indexer(self, report: Report) -> Indexer:
        return Indexer(self._catalogue, self._indexes, self._embeddings, report, self._on_step)

    @contextmanager
    def _writer(self, report: Report, claim: bool = True) -> Iterator[Indexer]:
        """The writer's turn: what a killed writer left is completed first."""
        with writing(self._folder, self._wait):
            indexer = self._indexer(report)
            self._indexes.refresh()
            try:
                if claim:
                    indexer.claim_model()
                    indexer.recover()
                yield indexer
            finally:
                self._indexes.keywords.release()
