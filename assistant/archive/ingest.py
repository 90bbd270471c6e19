"""Source files -> ready documents: idempotent, incremental, safe to kill at any moment."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from assistant.archive import lookup, store
from assistant.archive.indexing import Indexer, OnStep, no_step
from assistant.archive.passages import SPLITTER, split
from assistant.archive.results import IngestRow
from assistant.archive.schema import documents, links, sources
from assistant.archive.store import Source
from assistant.errors import FileUnreadable, InputError, Said
from assistant.records import Document, Passage, Progress, Report, silent

LOADING = "2"  # raised when loaders read the same bytes in another way, so that files are read again
PIPELINE = f"load {LOADING}, split {SPLITTER}"
_GROUP, _SECONDS = 24, 3.0  # documents become ready in groups: a commit of the keyword index is not free


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing to take in: `read` gives its documents, `fingerprint` the sha256 of its bytes."""

    path: str
    name: str
    fingerprint: Callable[[], str]
    read: Callable[[], tuple[Document, ...]]


@dataclass(frozen=True, slots=True)
class _Taken:
    """A delivery that is parsed and embedded, and the row it will get when it is ready."""

    source: Source
    row: IngestRow


class Ingest:
    """One run over some deliveries of one owner; the caller holds the writer's lock."""

    def __init__(
        self,
        indexer: Indexer,
        owner: str,
        report: Report = silent,
        on_step: OnStep = no_step,
        passages: Mapping[str, Sequence[Passage]] | None = None,
    ) -> None:
        self._indexer = indexer
        self._catalogue = indexer.catalogue
        self._owner = owner
        self._report = report
        self._on_step = on_step
        self._passages = passages or {}
        self._taken: list[_Taken] = []
        self._since = time.monotonic()

    def run(self, deliveries: Sequence[Delivery]) -> list[IngestRow]:
        """Take everything in, in order; a delivery that fails becomes a row and the others go on.

        Raises:
            ModelError: the embedding model failed; documents taken in before it are ready or are completed
                by the next run, without embedding them again.
        """
        rows: dict[int, IngestRow] = {}
        for number, delivery in enumerate(deliveries):
            self._report(Progress("load", number, len(deliveries), delivery.name))
            rows[number] = self._one(delivery)
            if len(self._taken) >= _GROUP or time.monotonic() - self._since > _SECONDS:
                self._flush()
        self._flush()
        self._report(Progress("load", len(deliveries), len(deliveries)))
        return [rows[number] for number in range(len(deliveries))]

    def _one(self, delivery: Delivery) -> IngestRow:
        source = Source(self._owner, delivery.path, delivery.name, "")
        try:
            source = replace(source, sha256=delivery.fingerprint())
            held = self._held(source)
            if held is not None:
                return held
            with self._catalogue.write() as connection:
                store.put_source(connection, source, "pending", PIPELINE)
            self._on_step("source pending")
            return self._take(source, delivery.read())
        except InputError as error:
            return self._failed(source, error)

    def _held(self, source: Source) -> IngestRow | None:
        """The row of a file whose bytes are in the archive already, under this very path."""
        with self._catalogue.read() as connection:
            row = connection.execute(select(sources).where(sources.c.key == source.key)).first()
            if row is None or (row.state, row.sha256, row.pipeline) != ("ready", source.sha256, PIPELINE):
                return None
            query = select(documents.c.id, documents.c.passages)
            query = query.join(links, links.c.document_key == documents.c.key)
            held = connection.execute(query.where(links.c.source_key == source.key)).all()
        return _row(source, "unchanged", held, Said("内容没有变化", "nothing has changed"))

    def _take(self, source: Source, found: tuple[Document, ...]) -> IngestRow:
        cut = [(document, self._cut(document)) for document in found]
        if not any(parts for _, parts in cut):
            raise FileUnreadable(name=source.name, reason=Said("没有可用的文字", "there is no text in it"))
        with self._catalogue.write() as connection:
            written, stale = store.put_documents(connection, source, cut, PIPELINE)
            keys = lookup.unfinished_documents(connection, [source.key])
        self._on_step("passages written")
        self._indexer.take_out(stale)
        self._indexer.embed(keys)
        held = [(document.id, len(parts)) for document, parts in cut]
        row = (
            _row(source, "ready", held)
            if written
            else _row(
                source, "unchanged", held, Said("内容与已有文档相同", "the same document is there already")
            )
        )
        self._taken.append(_Taken(source, row))
        return row

    def _cut(self, document: Document) -> Sequence[Passage]:
        given = self._passages.get(document.id)
        return split(document) if given is None else given

    def _failed(self, source: Source, error: InputError) -> IngestRow:
        with self._catalogue.write() as connection:
            store.put_source(connection, source, "failed", PIPELINE, error.code, error.sentence("zh"))
        return IngestRow(
            name=source.name,
            path=source.path,
            status="failed",
            code=error.code,
            reason=error.said,
            hint=Said(error.hint("zh"), error.hint("en")),
        )

    def _flush(self) -> None:
        if self._taken:
            self._indexer.complete([taken.source.key for taken in self._taken])
        self._taken = []
        self._since = time.monotonic()


def _row(source: Source, status: str, held: Iterable[Sequence[object]], reason: str = "") -> IngestRow:
    pairs = [(str(name), int(str(count))) for name, count in held]
    return IngestRow(
        name=source.name,
        path=source.path,
        status="ready" if status == "ready" else "unchanged",
        documents=tuple(name for name, _ in pairs),
        passages=sum(count for _, count in pairs),
        reason=reason,
    )


def file_deliveries(
    paths: Iterable[Path], read: Callable[[Path], tuple[Document, ...]], own: Path | None = None
) -> list[Delivery]:
    """Deliveries of files and, in name order, of all files in folders.

    Hidden files, lock files of office programs and the archive's `own` folder are left out.
    """
    skipped = own.resolve() if own else None
    files = [file for path in paths for file in (_walk(path, skipped) if path.is_dir() else (path,))]
    return [_file_delivery(file, read) for file in dict.fromkeys(files)]


def document_delivery(document: Document) -> Delivery:
    """A delivery of a document that is in memory already; its id is its path."""
    mark = hashlib.sha256(f"{document.id}\0{document.text}".encode("utf-8", "surrogatepass")).hexdigest()
    return Delivery(f"document:{document.id}", document.title, lambda: mark, lambda: (document,))


def _file_delivery(file: Path, read: Callable[[Path], tuple[Document, ...]]) -> Delivery:
    return Delivery(os.path.abspath(file), file.name, lambda: _fingerprint(file), lambda: read(file))


def _walk(folder: Path, skipped: Path | None) -> Iterator[Path]:
    for directory, names, files in os.walk(folder.resolve()):
        inner = sorted(name for name in names if not name.startswith("."))
        names[:] = [name for name in inner if Path(directory, name) != skipped]
        for name in sorted(files):
            path = Path(directory, name)
            if not name.startswith((".", "~$")) and path.is_file():
                yield path


def _fingerprint(file: Path) -> str:
    try:
        digest = hashlib.sha256()
        with file.open("rb") as stream:
            while piece := stream.read(1 << 20):
                digest.update(piece)
        return digest.hexdigest()
    except OSError as error:
        raise FileUnreadable(
            name=file.name, reason=Said("文件不存在或打不开", "it is missing or cannot be opened")
        ) from error
