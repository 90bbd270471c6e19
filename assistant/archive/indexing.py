"""From parsed to ready, and from deleting to gone: the writes that touch catalogue and both indexes.

Every step can be killed and done again: vectors are kept in the catalogue as they are computed, the indexes
take entries by key, and `ready` is the last write. `Step` names the moments between two writes; whoever
wants to watch (or to pull the plug there, in a test) passes `on_step`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.archive import indicators, lookup, store
from assistant.archive.catalogue import Catalogue, put, value
from assistant.archive.embedding import BATCH, embed_texts, model_name
from assistant.archive.indexes import Indexes
from assistant.archive.keywords import Keywords
from assistant.archive.vectors import Matrix, Vectors, chroma_version
from assistant.errors import EmbeddingMismatch, Said
from assistant.records import Progress, Report, silent

Step = Literal[
    "source pending",
    "passages written",
    "vectors kept",
    "inside vector batch",
    "vectors indexed",
    "keywords indexed",
    "before ready",
    "delete marked",
    "vectors deleted",
    "keywords deleted",
]
OnStep = Callable[[Step], None]
_MODEL, _DIMENSION = "embedding_model", "embedding_dimension"
_UPSERT = 1_000


def no_step(_: Step) -> None:
    """An `OnStep` that watches nothing."""


class Indexer:
    """Completes and removes documents; used by one writer at a time."""

    def __init__(
        self,
        catalogue: Catalogue,
        indexes: Indexes,
        embeddings: Embeddings,
        report: Report = silent,
        on_step: OnStep = no_step,
    ) -> None:
        self.catalogue = catalogue
        self.indexes = indexes
        self.embeddings = embeddings
        self.model = model_name(embeddings)
        self._report = report
        self._on_step = on_step

    def claim_model(self) -> None:
        """Record the embedding model of a new archive.

        Raises:
            EmbeddingMismatch: the archive's vectors come from another model.
        """
        recorded = self.catalogue.value(_MODEL)
        if recorded and recorded != self.model:
            raise EmbeddingMismatch(archive=recorded, configured=self.model)
        if not recorded:
            self.catalogue.put(**{_MODEL: self.model, "chroma": chroma_version()})

    def embed(self, document_keys: Sequence[str]) -> int:
        """Compute and keep the vectors that these documents still lack; returns how many."""
        with self.catalogue.read() as connection:
            missing = lookup.missing_texts(connection, self.model, document_keys)
        hashes = sorted(missing, key=lambda name: len(missing[name]))
        for start in range(0, len(hashes), BATCH):
            batch = hashes[start : start + BATCH]
            self._keep(batch, embed_texts(self.embeddings, [missing[name] for name in batch]))
            self._report(Progress("embed", min(start + BATCH, len(hashes)), len(hashes)))
        return len(hashes)

    def complete(self, source_keys: Sequence[str]) -> None:
        """Bring parsed sources to ready: embed, fill both indexes, then the one write that shows them."""
        with self.catalogue.read() as connection:
            documents = lookup.unfinished_documents(connection, source_keys)
        self.embed(documents)
        self.fill_vectors(self.indexes.vectors, documents, self.model)
        self._on_step("vectors indexed")
        self.fill_keywords(self.indexes.keywords, documents)
        self._on_step("keywords indexed")
        with self.catalogue.write() as connection:
            store.set_state(connection, documents, "indexed")
        self._on_step("before ready")
        with self.catalogue.write() as connection:
            generation = store.finish(connection, source_keys, documents)
        self.indexes.written(generation)
        self._on_step("delete marked")
        self.sweep()

    def recover(self) -> None:
        """Complete what a killed writer left, finish its deletions, read claims that were not read yet."""
        self.read_claims()
        with self.catalogue.read() as connection:
            unfinished = lookup.unfinished_sources(connection)
        if unfinished:
            self.complete(unfinished)
        self.sweep()

    def read_claims(self) -> int:
        """Fill the indicator table for documents that are not in it as claims are read now; how many."""
        with self.catalogue.read() as connection:
            unread = indicators.unread(connection)
        for owner, key in unread:
            with self.catalogue.write() as connection:
                document = lookup.body_of(connection, key)
                if document is not None:
                    indicators.put(connection, owner, key, document)
        return len(unread)

    def sweep(self) -> int:
        """Remove everything of documents marked deleting; returns the number of passages removed."""
        with self.catalogue.read() as connection:
            documents = lookup.deleting(connection)
            keys = lookup.passage_keys(connection, documents)
        if not documents:
            return 0
        self.take_out(keys)
        with self.catalogue.write() as connection:
            store.erase(connection, documents)
        return len(keys)

    def take_out(self, keys: Sequence[str]) -> None:
        """Remove passages from both indexes."""
        if keys:
            self.indexes.vectors.delete(keys)
            self._on_step("vectors deleted")
            self.indexes.keywords.delete(keys)
            self.indexes.keywords.commit()
            self._on_step("keywords deleted")

    def fill_vectors(self, vectors: Vectors, document_keys: Sequence[str], model: str) -> None:
        """Put these documents' kept vectors of a model into an index."""
        for part in store.slices(document_keys, 100):
            with self.catalogue.read() as connection:
                keys, matrix = lookup.vectors_of(connection, model, part)
            for start in range(0, len(keys), _UPSERT):
                vectors.upsert(keys[start : start + _UPSERT], matrix[start : start + _UPSERT])
                self._on_step("inside vector batch")

    def fill_keywords(self, keywords: Keywords, document_keys: Sequence[str]) -> None:
        """Put these documents' texts into an index."""
        for part in store.slices(document_keys, 100):
            with self.catalogue.read() as connection:
                entries = lookup.entries(connection, part)
            keywords.add(entries)
            self._report(Progress("index", len(entries), len(entries)))
        keywords.commit()

    def change_model(self, document_keys: Sequence[str]) -> None:
        """Embed everything with the configured model; the archive is this model's from the last write on."""
        self.embed(document_keys)
        with self.catalogue.write() as connection:
            dimension = store.vector_length(connection, self.model)
            store.erase_model(connection, self.model)
            put(connection, {_MODEL: self.model, _DIMENSION: str(dimension)})

    def _keep(self, hashes: Sequence[str], matrix: Matrix) -> None:
        rows = matrix.astype("<f4")
        with self.catalogue.write() as connection:
            known = value(connection, _DIMENSION)
            if value(connection, _MODEL) == self.model:
                if known and int(known) != rows.shape[1]:
                    raise EmbeddingMismatch(
                        archive=Said(f"{known} 维的模型", f"a model of {known} dimensions"),
                        configured=Said(
                            f"{rows.shape[1]} 维的模型", f"a model of {rows.shape[1]} dimensions"
                        ),
                    )
                put(connection, {_DIMENSION: str(rows.shape[1])})
            blobs = {
                name: np.ascontiguousarray(row).tobytes() for name, row in zip(hashes, rows, strict=True)
            }
            store.put_vectors(connection, self.model, blobs)
        self._on_step("vectors kept")
